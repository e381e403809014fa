// SPDX-License-Identifier: GPL-3.0-or-later
// PaletteModel: the node kinds as a tree: families, their kinds below. A query leaves the kinds that match it, the best
// first. Reads the registry, which outlives it; GUI thread.
#pragma once

#include <QAbstractItemModel>

#include "core/plugin/registry.h"

namespace streamwright::gui {

// What a kind is dragged as: the text is its name.
inline constexpr char kKindMimeType[] = "application/x-streamwright-kind";

class PaletteModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { KindRole = Qt::UserRole, HelpRole, FamilyRole, IconNameRole };

    explicit PaletteModel(const Registry& registry, QObject* parent = nullptr);

    void setQuery(const QString& query);
    bool empty() const { return shown_.empty(); }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return 1; }
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override { return {kKindMimeType}; }
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    struct Family {
        QString name;
        double score = 0; // of its best kind
        std::vector<std::pair<double, const NodeKind*>> kinds;
    };
    const NodeKind* kindAt(const QModelIndex& index) const;

    const Registry& registry_;
    std::vector<Family> shown_;
};

// The first sentence of a help text.
QString firstSentence(const std::string& help);

} // namespace streamwright::gui
