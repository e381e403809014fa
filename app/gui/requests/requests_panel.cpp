// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/requests/requests_panel.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "app/gui/requests/requests_model.h"
#include "app/gui/theme/action_icon.h"
#include "app/gui/theme/overflow_row.h"
#include "app/gui/theme/row_list.h"

namespace streamwright::gui {

RequestsPanel::RequestsPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new RequestsModel(this)),
      filter_(new RequestsFilter(this)),
      search_(new QLineEdit),
      shown_(new QComboBox),
      view_(new QTreeView),
      where_(new ElidedLabel({})),
      lesson_(new QLabel),
      command_(new QLineEdit),
      tryIt_(new QPushButton(tr("Copy"))),
      stack_(new QStackedWidget)
{
    setObjectName("requestsPanel");
    setAccessibleName(tr("Requests of AWS clients"));
    filter_->setSourceModel(model_);
    makeRowList(*view_, "requestsView", tr("Requests, the newest first"));
    view_->setModel(filter_);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setContextMenuPolicy(Qt::ActionsContextMenu);
    view_->installEventFilter(this);
    const int letter = view_->fontMetrics().averageCharWidth();
    const std::pair<int, int> widths[] = {{RequestsModel::TimeColumn, 15}, {RequestsModel::Action, 27},
                                          {RequestsModel::Resource, 18},   {RequestsModel::Result, 30},
                                          {RequestsModel::Took, 11},       {RequestsModel::Client, 20}};
    for (const auto& [column, letters] : widths)
        view_->setColumnWidth(column, letters * letter);

    hold_ = makeAction("requestsHold", "pause", tr("Hold the list"), &RequestsPanel::fetch);
    hold_->setCheckable(true);
    hold_->setToolTip(tr("Hold what is shown; the requests that come meanwhile are kept"));
    url_ = makeAction("requestsCopyUrl", "link", tr("Copy the endpoint URL"), &RequestsPanel::copyUrl);
    commandLine_ =
        makeAction("requestsCopyCommand", "command", tr("Copy a first AWS CLI command"), &RequestsPanel::copyCommand);
    copy_ = makeAction("requestsCopy", "copy", tr("Copy lines"), &RequestsPanel::copyRows);
    clear_ = makeAction("requestsClear", "clear", tr("Clear the list"), &RequestsPanel::clear);
    view_->addActions({copy_, clear_});

    stack_->addWidget(makeLesson());
    stack_->addWidget(view_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(stack_, 1);
    setFocusProxy(view_);

    connect(&workbench_.run, &RunBridge::liveChanged, this, &RequestsPanel::fetch);
    connect(&workbench_.run, &RunBridge::stateChanged, this, &RequestsPanel::fetch);
    connect(&workbench_.run, &RunBridge::runStarted, this, &RequestsPanel::restart);
    connect(&workbench_.document, &DocumentModel::opened, this, &RequestsPanel::restart);
    showState();
}

QAction* RequestsPanel::makeAction(const char* name, const QString& icon, const QString& text,
                                   void (RequestsPanel::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    setActionIcon(*action, icon);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

QWidget* RequestsPanel::makeBar()
{
    search_->setObjectName("requestsSearch");
    search_->setAccessibleName(tr("Filter requests by text"));
    search_->setPlaceholderText(tr("Filter by action, resource, error or client"));
    search_->setClearButtonEnabled(true);
    search_->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    shown_->setObjectName("requestsShown");
    shown_->setAccessibleName(tr("Which requests"));
    shown_->addItems({tr("All requests"), tr("Refused and failed"), tr("Over a limit")});
    where_->setObjectName("requestsWhere");
    where_->setToken(Theme::TextMuted);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter_->setText(text.trimmed());
        showState();
    });
    connect(shown_, &QComboBox::currentIndexChanged, this, [this](int index) {
        filter_->setShown(static_cast<RequestsFilter::Shown>(index));
        showState();
    });
    auto* row = new OverflowRow;
    row->addFixed(search_, 3);
    row->add(shown_);
    row->addGap(6);
    row->addFixed(where_, 2);
    for (QAction* action : {url_, commandLine_, hold_, copy_, clear_})
        row->add(action);
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->addWidget(row);
    return bar;
}

// What stands there while there are no requests: how to make one.
QWidget* RequestsPanel::makeLesson()
{
    lesson_->setObjectName("requestsLesson");
    lesson_->setAlignment(Qt::AlignCenter);
    lesson_->setWordWrap(true);
    command_->setObjectName("requestsCommand");
    command_->setAccessibleName(tr("A first AWS CLI command"));
    command_->setReadOnly(true);
    command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    tryIt_->setObjectName("requestsTry");
    tryIt_->setAccessibleName(commandLine_->text());
    connect(tryIt_, &QPushButton::clicked, this, &RequestsPanel::copyCommand);
    auto* page = new QWidget;
    auto* line = new QHBoxLayout;
    line->addWidget(command_, 1);
    line->addWidget(tryIt_);
    auto* layout = new QVBoxLayout(page);
    const int em = fontMetrics().height();
    layout->setContentsMargins(em, 0, em, 0);
    layout->addStretch(1);
    layout->addWidget(lesson_);
    layout->addLayout(line);
    layout->addStretch(1);
    auto* scroll = new QScrollArea; // a low panel scrolls it
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);
    return scroll;
}

void RequestsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fetch();
}

void RequestsPanel::restart()
{
    ++run_;
    asking_ = false;
    hold_->setChecked(false);
    model_->restart();
    showState();
}

void RequestsPanel::fetch()
{
    if (!isVisible()) return;
    showState();
    if (asking_ || hold_->isChecked() || !workbench_.run.hasRun()) return;
    asking_ = true;
    workbench_.run.askRequests(
        this, model_->newest(),
        [this, run = run_](RunBridge::Requests news) {
            if (run == run_) take(std::move(news));
        },
        [this, run = run_] {
            if (run == run_) asking_ = false;
        });
}

void RequestsPanel::take(RunBridge::Requests news)
{
    asking_ = false;
    if (news.entries.empty() || hold_->isChecked()) return;
    model_->setStart(news.start);
    // At the top the newest comes into sight; who has scrolled down goes on seeing what is there.
    const bool follows = view_->verticalScrollBar()->value() == 0;
    const QPersistentModelIndex top = view_->indexAt(QPoint(0, 0));
    model_->add(std::move(news.entries));
    if (!follows && top.isValid()) view_->scrollTo(top, QAbstractItemView::PositionAtTop);
    showState();
}

void RequestsPanel::showState()
{
    const RunBridge& run = workbench_.run;
    const auto& options = workbench_.run.options().endpoint;
    const QString url = run.active() ? run.endpointUrl() : QString();
    const bool any = filter_->rowCount() > 0, live = !url.isEmpty();
    where_->setText(live ? url : QString());
    for (QAction* action : {url_, commandLine_})
        action->setEnabled(live);
    hold_->setEnabled(run.active());
    for (QAction* action : {copy_, clear_})
        action->setEnabled(any);
    stack_->setCurrentIndex(any ? 1 : 0);
    if (any) return;
    const bool none = model_->rowCount() == 0;
    if (!none)
        lesson_->setText(tr("No request matches the filter."));
    else if (!options)
        lesson_->setText(tr("AWS clients cannot connect: the window was started with --no-endpoint."));
    else if (live)
        lesson_->setText(tr("No request so far. The AWS CLI and every SDK can use this run: give them the endpoint URL "
                            "%1. This lists the pipeline's streams:")
                             .arg(url));
    else if (run.active())
        lesson_->setText(tr("AWS clients cannot connect to this run: its log says why."));
    else
        lesson_->setText(tr("Run the pipeline: the AWS CLI and every SDK can use its streams and queues while it runs, "
                            "and each of their requests is listed here."));
    const bool teach = none && live && options;
    command_->setVisible(teach);
    tryIt_->setVisible(teach);
    if (!teach) return;
    const QString line = QString::fromStdString(firstCommand(url.toStdString(), *options));
    if (line == command_->text()) return;
    command_->setText(line);
    command_->setCursorPosition(0);
}

void RequestsPanel::copyUrl()
{
    const QString url = workbench_.run.endpointUrl();
    QGuiApplication::clipboard()->setText(url);
    emit workbench_.message(tr("Copied: %1").arg(url));
}

void RequestsPanel::copyCommand()
{
    const QString line = QString::fromStdString(firstCommand(
        workbench_.run.endpointUrl().toStdString(), workbench_.run.options().endpoint.value_or(EndpointOptions())));
    QGuiApplication::clipboard()->setText(line);
    emit workbench_.message(tr("Copied: %1").arg(line));
}

void RequestsPanel::copyRows()
{
    QList<int> rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows())
        rows += index.row();
    if (rows.isEmpty())
        for (int row = 0; row < filter_->rowCount(); ++row)
            rows += row;
    std::sort(rows.begin(), rows.end());
    QString out;
    for (const int row : rows)
        out += model_->line(filter_->mapToSource(filter_->index(row, 0)).row()) + "\n";
    QGuiApplication::clipboard()->setText(out);
}

void RequestsPanel::clear()
{
    model_->clear();
    showState();
}

bool RequestsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == view_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copyRows();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace streamwright::gui
