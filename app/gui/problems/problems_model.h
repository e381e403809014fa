// SPDX-License-Identifier: GPL-3.0-or-later
// ProblemsModel: what is wrong, a row each: the drawing's findings and what a run could not take over. GUI thread.
#pragma once

#include <QAbstractTableModel>

#include "app/gui/models/document_model.h"
#include "app/session/fixes.h"

namespace streamwright::gui {

class ProblemsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Finding, Place, FixColumn, ColumnCount };

    struct Row {
        Problem problem;
        bool ofRun = false; // the running engine refused it
        ProblemSubject subject;
        QString text; // a sentence
        QString words; // of the place: "clicks, ShardCount"
        std::vector<Fix> fixes;
    };

    ProblemsModel(const DocumentModel& document, QObject* parent);

    void refresh(); // the drawing's findings
    void addOfRun(const QString& message);
    void clearOfRun();
    const Row& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const Problem& problem) const;

    const DocumentModel& document_;
    std::vector<Row> rows_;
    QStringList ofRun_;
};

} // namespace streamwright::gui
