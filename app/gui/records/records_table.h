// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsTable: the table of a RecordsModel: rows of one height that are never measured, what is being read stays in its place
// while newer records come in above it; in a narrow one the data matters more than the sequence. Owned by the records panel; GUI thread.
#pragma once

#include <QTableView>

#include "app/gui/records/records_model.h"

namespace streamwright::gui {

class RecordsTable : public QTableView {
    Q_OBJECT
public:
    explicit RecordsTable(RecordsModel& model, QWidget* parent = nullptr);

    int currentRow() const { return currentIndex().row(); }
    void goToRow(int row);
    // Where the selected rows stand in the model's view, in the table's order.
    std::vector<std::uint64_t> selectedViewIndices() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void keepPlace(int insertedRows);

    RecordsModel& model_;
};

} // namespace streamwright::gui
