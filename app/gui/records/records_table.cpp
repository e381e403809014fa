// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_table.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace streamwright::gui {

namespace {

// Leaves out of a text what tells least: sequence numbers and shards differ at their ends, keys of objects too.
class ElidingDelegate : public QStyledItemDelegate {
public:
    ElidingDelegate(Qt::TextElideMode mode, QObject* parent) : QStyledItemDelegate(parent), mode_(mode) { }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = mode_;
    }

private:
    const Qt::TextElideMode mode_;
};

} // namespace

RecordsTable::RecordsTable(RecordsModel& model, QWidget* parent) : QTableView(parent), model_(model)
{
    setObjectName("recordsTable");
    setAccessibleName(tr("Records"));
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(8);
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {16, 15, 13, 15, 8, 30};
    for (int column = 0; column < RecordsModel::ColumnCount; ++column)
        setColumnWidth(column, letter * widths[column]);
    for (const int column : {RecordsModel::PartColumn, RecordsModel::SequenceColumn})
        setItemDelegateForColumn(column, new ElidingDelegate(Qt::ElideLeft, this));
    setItemDelegateForColumn(RecordsModel::KeyColumn, new ElidingDelegate(Qt::ElideMiddle, this));
    connect(&model, &RecordsModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        if (first == 0) keepPlace(last + 1);
    });
    connect(&model, &RecordsModel::movedDown, this, [this](int rows) {
        QScrollBar* bar = verticalScrollBar();
        if (bar->value() > 0) bar->setValue(bar->value() + rows);
    });
}

void RecordsTable::goToRow(int row)
{
    const QModelIndex index = model_.index(row, 0);
    setCurrentIndex(index);
    scrollTo(index, QAbstractItemView::PositionAtCenter);
    setFocus();
}

std::vector<std::uint64_t> RecordsTable::selectedViewIndices() const
{
    std::vector<std::uint64_t> indices;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            indices.push_back(model_.viewIndex(row));
    std::ranges::sort(indices);
    if (model_.newestFirst()) std::ranges::reverse(indices);
    return indices;
}

void RecordsTable::resizeEvent(QResizeEvent* event)
{
    setColumnHidden(RecordsModel::SequenceColumn, viewport()->width() < fontMetrics().averageCharWidth() * 90);
    QTableView::resizeEvent(event);
}

// At the top the newest are shown.
void RecordsTable::keepPlace(int insertedRows)
{
    QScrollBar* bar = verticalScrollBar();
    if (!model_.newestFirst() || bar->value() == 0) return;
    bar->setMaximum(bar->maximum() + insertedRows);
    bar->setValue(bar->value() + insertedRows);
}

} // namespace streamwright::gui
