// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/log_panel.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSaveFile>
#include <QScrollBar>
#include <QVBoxLayout>

#include "app/gui/problems/log_model.h"
#include "app/gui/theme/action_icon.h"
#include "app/gui/theme/overflow_row.h"
#include "app/gui/theme/row_list.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

struct News {
    std::vector<Event> events;
    Time start{};
};

} // namespace

LogPanel::LogPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new LogModel(this)),
      filter_(new LogFilter(this)),
      search_(new QLineEdit(this)),
      least_(new QComboBox(this)),
      view_(new QTreeView(this)),
      empty_(new QLabel(this))
{
    setObjectName("logPanel");
    setAccessibleName(tr("Log"));
    search_->setObjectName("logSearch");
    search_->setAccessibleName(tr("Filter events by text"));
    search_->setPlaceholderText(tr("Filter by text or node"));
    search_->setClearButtonEnabled(true);
    least_->setObjectName("logSeverity");
    least_->setAccessibleName(tr("Least severity shown"));
    least_->addItems({tr("All events"), tr("Warnings and errors"), tr("Errors")});
    filter_->setSourceModel(model_);
    makeRowList(*view_, "logView", tr("Events of the run"));
    view_->setModel(filter_);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setContextMenuPolicy(Qt::ActionsContextMenu);
    view_->setColumnWidth(LogModel::TimeColumn, view_->fontMetrics().averageCharWidth() * 24);
    view_->setColumnWidth(LogModel::NodeColumn, view_->fontMetrics().averageCharWidth() * 16);
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this); // its wheel
    empty_->setObjectName("logEmpty");
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setForegroundRole(QPalette::PlaceholderText);

    follow_ = makeAction("logFollow", "follow", tr("Follow the newest event"), &LogPanel::followTail);
    follow_->setCheckable(true);
    follow_->setChecked(true);
    jump_ = makeAction("logJump", "jump", tr("Go to the node"), &LogPanel::jump);
    copy_ = makeAction("logCopy", "copy", tr("Copy lines"), &LogPanel::copy);
    save_ = makeAction("logSave", "save", tr("Save the log…"), &LogPanel::save);
    clear_ = makeAction("logClear", "clear", tr("Clear the log"), &LogPanel::clear);
    search_->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    auto* row = new OverflowRow;
    row->addFixed(search_, 1);
    row->add(least_);
    for (QAction* action : {follow_, jump_, copy_, save_, clear_}) {
        row->add(action);
        view_->addAction(action);
    }
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 4);
    bar->addWidget(row);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(view_, 1);
    layout->addWidget(empty_, 1);
    setFocusProxy(view_);

    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter_->setText(text.trimmed());
        showState();
    });
    connect(least_, &QComboBox::currentIndexChanged, this, [this](int index) {
        filter_->setLeast(static_cast<Severity>(index));
        showState();
    });
    connect(view_, &QTreeView::doubleClicked, this, &LogPanel::jump);
    // Scrolling up stops following; scrolling down to the end begins it again.
    connect(view_->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                const QScrollBar* bar = view_->verticalScrollBar();
                follow_->setChecked(bar->value() >= bar->maximum());
            },
            Qt::QueuedConnection);
    });
    connect(&workbench_.run, &RunBridge::liveChanged, this, &LogPanel::fetch);
    connect(&workbench_.run, &RunBridge::runStarted, this, &LogPanel::restart);
    connect(&workbench_.run, &RunBridge::stateChanged, this, &LogPanel::showState);
    showState();
}

QAction* LogPanel::makeAction(const char* name, const QString& icon, const QString& text, void (LogPanel::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    setActionIcon(*action, icon);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void LogPanel::restart()
{
    ++run_;
    last_ = 0;
    asking_ = false;
    model_->clear();
    follow_->setChecked(true);
    showState();
}

void LogPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fetch();
}

void LogPanel::fetch()
{
    if (!isVisible() || asking_ || !workbench_.run.hasRun()) return;
    asking_ = true;
    workbench_.run.ask(
        this,
        [after = last_](Engine& engine) {
            return News{engine.events().after(after), engine.now() - engine.elapsed()};
        },
        [this, run = run_](News news) {
            if (run != run_) return;
            asking_ = false;
            if (news.events.empty()) return;
            last_ = news.events.back().number;
            model_->setStart(news.start);
            model_->add(news.events);
            showState();
            if (follow_->isChecked()) followTail();
        },
        [this, run = run_] {
            if (run == run_) asking_ = false;
        });
}

void LogPanel::followTail()
{
    if (follow_->isChecked()) view_->scrollToBottom();
}

void LogPanel::showState()
{
    const bool any = filter_->rowCount() > 0;
    view_->setVisible(any);
    empty_->setVisible(!any);
    if (model_->rowCount() > 0)
        empty_->setText(tr("No event matches the filter."));
    else if (workbench_.run.active())
        empty_->setText(tr("Nothing to report so far."));
    else
        empty_->setText(tr("Run the pipeline: what happens is told here."));
    for (QAction* action : {jump_, copy_, save_, clear_})
        action->setEnabled(any);
}

void LogPanel::jump()
{
    const QModelIndex index = view_->currentIndex();
    if (!index.isValid()) return;
    const std::string& node = model_->event(filter_->mapToSource(index).row()).node;
    if (!node.empty()) emit workbench_.revealWanted(QString::fromStdString(node));
}

QString LogPanel::text() const
{
    QString out;
    for (int row = 0; row < filter_->rowCount(); ++row)
        out += model_->line(filter_->mapToSource(filter_->index(row, 0)).row()) + "\n";
    return out;
}

void LogPanel::copy()
{
    QModelIndexList rows = view_->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QString out;
    for (const QModelIndex& index : rows)
        out += model_->line(filter_->mapToSource(index).row()) + "\n";
    QGuiApplication::clipboard()->setText(rows.isEmpty() ? text() : out);
}

void LogPanel::clear()
{
    model_->clear();
    showState();
}

void LogPanel::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the log"), "run.log", tr("Text (*.log *.txt)"));
    if (path.isEmpty()) return;
    QSaveFile file(path);
    const QByteArray bytes = text().toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        emit workbench_.message(tr("The log is saved as %1.").arg(path));
    else
        emit workbench_.message(tr("The log could not be saved: %1.").arg(file.errorString()));
}

bool LogPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == view_ && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            jump();
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copy();
            return true;
        }
        if (key->key() == Qt::Key_Up || key->key() == Qt::Key_PageUp || key->key() == Qt::Key_Home)
            follow_->setChecked(false);
        if (key->key() == Qt::Key_End) follow_->setChecked(true);
    }
    if (watched == view_->viewport() && event->type() == QEvent::Wheel &&
        static_cast<QWheelEvent*>(event)->angleDelta().y() > 0)
        follow_->setChecked(false);
    return QWidget::eventFilter(watched, event);
}

} // namespace streamwright::gui
