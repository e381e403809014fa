// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/event_list.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

EventList::EventList(EventModel& model, QWidget* parent)
    : QWidget(parent),
      filtered_(new QSortFilterProxyModel(this)),
      kinds_(new QComboBox),
      table_(new QTableView),
      stack_(new QStackedWidget)
{
    kinds_->setObjectName("eventKinds");
    kinds_->setAccessibleName(tr("Kind of event"));
    kinds_->addItem(tr("All events"), QString());
    for (const auto kind : {TimelineEvent::Kind::Throttled, TimelineEvent::Kind::Resharded, TimelineEvent::Kind::Behind,
                            TimelineEvent::Kind::Failed, TimelineEvent::Kind::Edited, TimelineEvent::Kind::Note})
        kinds_->addItem(eventName(kind), eventName(kind));
    filtered_->setSourceModel(&model);
    filtered_->setFilterKeyColumn(EventModel::Kind);
    table_->setModel(filtered_);
    table_->setObjectName("eventTable");
    table_->setAccessibleName(tr("Events of the run"));
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->setFrameShape(QFrame::NoFrame);
    const int wide = fontMetrics().averageCharWidth();
    table_->setColumnWidth(EventModel::At, wide * 11);
    table_->setColumnWidth(EventModel::Node, wide * 20);
    table_->setColumnWidth(EventModel::Kind, wide * 20);
    auto* empty =
        new QLabel(tr("Nothing worth a mention yet: throttling, shard splits, failures and edits will stand here."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    stack_->addWidget(empty);
    stack_->addWidget(table_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(kinds_, 0, Qt::AlignLeft);
    layout->addWidget(stack_, 1);
    connect(kinds_, &QComboBox::currentIndexChanged, this,
            [this] { filtered_->setFilterFixedString(kinds_->currentData().toString()); });
    const auto choose = [this, &model](const QModelIndex& index) {
        const int row = filtered_->mapToSource(index).row();
        const TimeLine::Mark& mark = model.marks().at(static_cast<std::size_t>(row));
        emit eventChosen(mark.seconds, QString::fromStdString(mark.event.node));
    };
    connect(table_, &QTableView::activated, this, choose);
    connect(&model, &EventModel::modelReset, this, &EventList::sayEmpty);
    // At the end it stays at the end, as a log does.
    connect(&model, &EventModel::rowsInserted, this, [this] {
        const QScrollBar* bar = table_->verticalScrollBar();
        if (bar->value() == bar->maximum()) table_->scrollToBottom();
        sayEmpty();
    });
    connect(&Theme::instance(), &Theme::changed, table_->viewport(), qOverload<>(&QWidget::update));
    sayEmpty();
}

void EventList::sayEmpty() { stack_->setCurrentIndex(filtered_->sourceModel()->rowCount() == 0 ? 0 : 1); }

} // namespace streamwright::gui
