// SPDX-License-Identifier: GPL-3.0-or-later
// JsonTreeModel: a JSON value as a tree of two columns, name and value. Children are made when a branch is opened, so that a
// large value costs what is seen of it. GUI thread.
#pragma once

#include <QAbstractItemModel>
#include <memory>

#include "core/base/json.h"

namespace streamwright::gui {

class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;

    void setValue(std::shared_ptr<const Json> value);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return 2; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Item;
    const Item& itemOf(const QModelIndex& index) const;

    std::shared_ptr<const Json> value_;
    std::unique_ptr<Item> root_;
};

} // namespace streamwright::gui
