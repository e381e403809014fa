// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/session/record_place.h"
#include "app/session/record_text.h"
#include "app/session/tap_browser.h"

namespace streamwright::gui {

namespace {

// "from.out>to.in" as people say it.
QString edgeText(const QString& key)
{
    const QStringList ends = key.split('>');
    if (ends.size() != 2) return key;
    return QString("%1 → %2").arg(ends[0].section('.', 0, -2), ends[1].section('.', 0, -2));
}

// A value of the filter language, whatever is in it.
QString quoted(QString text)
{
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

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

RecordsPanel::RecordsPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new RecordsModel(workbench.run, this)),
      bar_(new RecordsBar),
      table_(new QTableView),
      empty_(new QLabel),
      tablePages_(new QStackedWidget),
      record_(new RecordView(workbench.run)),
      send_(new SendForm(workbench.run)),
      sidePages_(new QStackedWidget),
      saving_(new RecordSaving(workbench.run, this)),
      counts_(new QLabel),
      told_(new QLabel),
      progress_(new QProgressBar)
{
    setObjectName("recordsPanel");
    setAccessibleName(tr("Records"));
    makeTable();
    makeRowActions();
    empty_->setObjectName("recordsEmpty");
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setForegroundRole(QPalette::PlaceholderText);
    empty_->setMargin(fontMetrics().height());
    tablePages_->addWidget(empty_);
    tablePages_->addWidget(table_);
    sidePages_->addWidget(record_);
    sidePages_->addWidget(send_);

    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName("recordsSplitter");
    splitter->addWidget(tablePages_);
    splitter->addWidget(sidePages_);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    sidePages_->setMinimumWidth(fontMetrics().averageCharWidth() * 36);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar_);
    layout->addWidget(splitter, 1);
    layout->addWidget(makeStatus());

    connectBar();
    connect(model_, &RecordsModel::changed, this, &RecordsPanel::showState);
    connect(model_, &RecordsModel::partsChanged, this, [this] { bar_->setParts(model_->parts()); });
    connect(model_, &RecordsModel::trackedMoved, this, [this](int row) {
        if (row < 0)
            record_->showNothing(tr("This record has left %1: it was consumed, or has expired.").arg(label(shown_)));
        else
            table_->setCurrentIndex(model_->index(row, 0));
    });
    connect(model_, &RecordsModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        if (first == 0) keepPlace(last + 1);
    });
    connect(model_, &RecordsModel::movedDown, this, [this](int rows) {
        QScrollBar* bar = table_->verticalScrollBar();
        if (bar->value() > 0) bar->setValue(bar->value() + rows);
    });
    connect(saving_, &RecordSaving::progress, this, [this](quint64 done, quint64 of) {
        progress_->setRange(0, 1000);
        progress_->setValue(static_cast<int>(done * 1000 / std::max<quint64>(1, of)));
        progress_->setVisible(true);
        cancel_->setVisible(true);
        say(tr("Saving %1 of %2").arg(QLocale().toString(done), QLocale().toString(of)), false);
    });
    connect(saving_, &RecordSaving::finished, this, [this](const QString& text) { say(text, false); });
    connect(saving_, &RecordSaving::failed, this, [this](const QString& text) { say(text, true); });
    connect(send_, &SendForm::closed, this, [this] { bar_->send()->setChecked(false); });
    connect(send_, &SendForm::sent, model_, &RecordsModel::refresh);

    connect(&workbench.run, &RunBridge::liveChanged, this, [this] {
        if (isVisible()) model_->refresh();
    });
    connect(&workbench.run, &RunBridge::runStarted, this, [this] {
        model_->clear();
        shown_.clear();
        tapped_.clear(); // it was the last run's
        askSources();
    });
    connect(&workbench.run, &RunBridge::stateChanged, this, [this] {
        if (workbench_.run.hasRun() && sources_ == Sources()) askSources();
        showState();
    });
    connect(&workbench.document, &DocumentModel::opened, this, [this] {
        wanted_.clear();
        shown_.clear();
        tap({});
        sources_ = {};
        bar_->setSources({});
        model_->clear();
        showState();
    });
    connect(&workbench.document, &DocumentModel::changed, this, [this] {
        if (workbench_.run.hasRun()) askSources();
    });
    connect(&workbench.selection, &Selection::changed, this, [this] {
        if (bar_->linkSelection()->isChecked()) showSelection();
    });
    connect(&workbench, &Workbench::recordsWanted, this, &RecordsPanel::showSource);
    connect(&Theme::instance(), &Theme::changed, this, [this] { say(told_->text(), told_->property("bad").toBool()); });
    showState();
}

void RecordsPanel::makeTable()
{
    table_->setObjectName("recordsTable");
    table_->setAccessibleName(tr("Records"));
    table_->setModel(model_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setAlternatingRowColors(true);
    table_->setWordWrap(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setTabKeyNavigation(false);
    table_->setCornerButtonEnabled(false);
    table_->verticalHeader()->hide();
    // Fixed: rows are never measured one by one.
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    table_->verticalHeader()->setMinimumSectionSize(8);
    QHeaderView* header = table_->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {18, 27, 14, 18, 8, 40};
    for (int column = 0; column < RecordsModel::ColumnCount; ++column)
        table_->setColumnWidth(column, letter * widths[column]);
    for (const int column : {RecordsModel::PartColumn, RecordsModel::SequenceColumn})
        table_->setItemDelegateForColumn(column, new ElidingDelegate(Qt::ElideLeft, table_));
    table_->setItemDelegateForColumn(RecordsModel::KeyColumn, new ElidingDelegate(Qt::ElideMiddle, table_));
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RecordsPanel::showCurrent);
    connect(model_, &RecordsModel::dataChanged, this, [this] {
        // The current record was still being read when it was chosen.
        if (record_->empty() && table_->currentIndex().isValid()) showCurrent();
    });
}

void RecordsPanel::makeRowActions()
{
    table_->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const char* name, const QString& text, auto slot) {
        auto* action = new QAction(text, this);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
        table_->addAction(action);
        return action;
    };
    table_->addAction(record_->copyAction());
    add("recordsCopyLine", tr("Copy record as JSON"), [this] {
        BrowseRow row = record_->row();
        row.data = record_->plain();
        QApplication::clipboard()->setText(QString::fromStdString(jsonLine(row)).trimmed());
    });
    add("recordsFilterKey", tr("Only records of this key"), [this] {
        if (const BrowseRow* row = model_->record(table_->currentIndex().row()))
            bar_->setFilterText("@key = " + quoted(QString::fromStdString(row->key)));
    });
    add("recordsSendAgain", tr("Send again…"), &RecordsPanel::sendAgain);
    table_->addActions({bar_->saveSelected(), bar_->saveData()});
}

QWidget* RecordsPanel::makeStatus()
{
    counts_->setObjectName("recordsCounts");
    told_->setObjectName("recordsTold");
    progress_->setObjectName("recordsProgress");
    progress_->setTextVisible(false);
    progress_->setFixedSize(fontMetrics().averageCharWidth() * 20, fontMetrics().height() / 2);
    progress_->hide();
    auto* cancel = new QToolButton;
    cancel->setObjectName("recordsCancel");
    cancel->setText(tr("Stop"));
    cancel->setAutoRaise(true);
    cancel->hide();
    connect(cancel, &QToolButton::clicked, saving_, &RecordSaving::cancel);
    cancel_ = cancel;
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->addWidget(counts_);
    layout->addWidget(progress_);
    layout->addWidget(cancel);
    layout->addStretch();
    layout->addWidget(told_);
    return line;
}

void RecordsPanel::connectBar()
{
    connect(bar_, &RecordsBar::sourceChosen, this, &RecordsPanel::showSource);
    connect(bar_, &RecordsBar::partChosen, this, [this] {
        shown_.clear();
        open();
    });
    connect(bar_, &RecordsBar::filterChanged, model_, &RecordsModel::setFilter);
    connect(bar_, &RecordsBar::filterRefused, this, [this](const QString& why) { say(why, true); });
    connect(bar_, &RecordsBar::placeWanted, this, &RecordsPanel::goTo);
    connect(bar_->newestFirst(), &QAction::toggled, model_, &RecordsModel::setNewestFirst);
    connect(bar_->follow(), &QAction::toggled, model_, &RecordsModel::setFollowing);
    connect(bar_->refresh(), &QAction::triggered, model_, &RecordsModel::reload);
    connect(bar_->linkSelection(), &QAction::toggled, this, [this](bool on) {
        if (on) showSelection();
    });
    connect(bar_->send(), &QAction::toggled, this, [this](bool on) {
        sidePages_->setCurrentWidget(on ? static_cast<QWidget*>(send_) : record_);
        if (!on) return;
        send_->chooseTarget(shown_);
        send_->focusData();
    });
    connect(bar_->saveSelected(), &QAction::triggered, this, [this] { saveRows(true); });
    connect(bar_->saveAll(), &QAction::triggered, this, [this] { saveRows(false); });
    connect(bar_->saveData(), &QAction::triggered, this, &RecordsPanel::saveData);
}

QString RecordsPanel::label(const QString& id) const { return id.contains('>') ? edgeText(id) : id; }

void RecordsPanel::say(const QString& text, bool bad)
{
    if (!saving_->busy()) {
        progress_->hide();
        if (cancel_) cancel_->hide();
    }
    QPalette palette;
    palette.setColor(QPalette::WindowText, colour(bad ? Theme::Failing : Theme::TextMuted));
    told_->setPalette(palette);
    told_->setProperty("bad", bad);
    told_->setText(text);
}

void RecordsPanel::showSource(const QString& id)
{
    if (id.isEmpty()) {
        showSelection();
        return;
    }
    wanted_ = id;
    // Nothing passes an edge any more after the run, or when it is gone: the node at one of its ends keeps the records.
    const bool passes = workbench_.run.active() && std::ranges::count(sources_.edges, id.toStdString()) > 0;
    if (id.contains('>') && id != tapped_ && !passes && workbench_.run.hasRun()) {
        const auto keeps = [this](const QString& node) {
            return std::ranges::count(sources_.nodes, node.toStdString()) > 0;
        };
        const QString from = id.section('>', 0, 0).section('.', 0, -2), to = id.section('>', 1).section('.', 0, -2);
        if (keeps(from) || keeps(to)) wanted_ = keeps(from) ? from : to;
    }
    open();
}

void RecordsPanel::showSelection()
{
    const Selected& selected = workbench_.selection.get();
    if (selected.nodes.size() + selected.edges.size() != 1) return;
    const std::string& one = selected.nodes.empty() ? *selected.edges.begin() : *selected.nodes.begin();
    const auto& among = selected.nodes.empty() ? sources_.edges : sources_.nodes;
    // Nodes that keep nothing (a producer) leave the table as it is.
    if (std::ranges::find(among, one) != among.end() || !workbench_.run.hasRun())
        showSource(QString::fromStdString(one));
}

void RecordsPanel::askSources()
{
    workbench_.run.ask(
        this,
        [](Engine& engine) {
            Sources sources;
            const auto plan = engine.plan();
            for (const NodeSetup& node : plan->nodes) {
                const auto browsable = engine.browsable(node.id);
                if (!browsable) continue;
                sources.nodes.push_back(node.id);
                if (browsable->takesRecords()) sources.takers.push_back(node.id);
            }
            for (const EdgeInfo& edge : plan->edges)
                sources.edges.push_back(edgeKey(edge));
            return sources;
        },
        [this](const Sources& sources) { takeSources(sources); });
}

void RecordsPanel::takeSources(const Sources& sources)
{
    sources_ = sources;
    std::vector<RecordsBar::Source> choices;
    for (const std::string& id : sources.nodes) {
        const NodeKind* kind = workbench_.document.kindOf(id);
        const QString node = QString::fromStdString(id);
        choices.push_back({node, kind ? tr("%1 — %2").arg(node, QString::fromStdString(kind->title)) : node,
                           kind ? QString::fromStdString(kind->icon) : QString("node")});
    }
    for (const std::string& key : sources.edges)
        choices.push_back({QString::fromStdString(key), edgeText(QString::fromStdString(key)), "edge"});
    bar_->setSources(choices);
    bar_->chooseSource(shown_);
    QStringList takers;
    for (const std::string& id : sources.takers)
        takers << QString::fromStdString(id);
    send_->setTargets(takers);
    if (!wanted_.isEmpty()) showSource(wanted_);
}

void RecordsPanel::open()
{
    if (!wanted_.isEmpty() && wanted_ != shown_ && workbench_.run.hasRun()) {
        const bool other = wanted_ != bar_->source();
        shown_ = wanted_;
        bar_->chooseSource(wanted_);
        if (other) bar_->setParts({});
        record_->showNothing(tr("Select a record to see all of it."));
        const std::string id = wanted_.toStdString();
        const bool edge = wanted_.contains('>');
        tap(edge && isVisible() ? wanted_ : QString());
        model_->show([id, edge](Engine& engine) { return edge ? browseTap(engine, id) : engine.browsable(id); },
                     bar_->part());
        send_->chooseTarget(shown_);
        say({}, false);
    }
    showState();
}

void RecordsPanel::tap(const QString& edge)
{
    if (edge == tapped_) return;
    workbench_.run.ask(
        this,
        [before = tapped_.toStdString(), now = edge.toStdString()](Engine& engine) {
            if (!before.empty()) engine.untap(before);
            if (!now.empty()) engine.tap(now, kTappedRecords);
            return true;
        },
        [](bool) {});
    tapped_ = edge;
}

void RecordsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (event->spontaneous() || !shown_.contains('>') || shown_ == tapped_) return;
    shown_.clear(); // the edge was not tapped meanwhile: begin anew
    if (!wanted_.isEmpty()) showSource(wanted_);
}

void RecordsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    // After the run the tap costs nothing, and what it has is all that there is to see of the edge.
    if (!event->spontaneous() && workbench_.run.active()) tap({});
}

void RecordsPanel::showCurrent()
{
    const int row = table_->currentIndex().row();
    const BrowseRow* record = model_->record(row);
    model_->track(row);
    if (record)
        record_->show(model_->view(), model_->viewIndex(row), *record);
    else
        record_->showNothing(row < 0 ? tr("Select a record to see all of it.") : tr("Reading…"));
    showState();
}

void RecordsPanel::showState()
{
    const QString text = emptyText();
    empty_->setText(text);
    tablePages_->setCurrentIndex(text.isEmpty() ? 1 : 0);
    counts_->setText(countText());
    const bool some = model_->rowCount() > 0;
    bar_->saveAll()->setEnabled(some && !saving_->busy());
    bar_->saveSelected()->setEnabled(table_->selectionModel()->hasSelection() && !saving_->busy());
    bar_->saveData()->setEnabled(!record_->empty());
    bar_->send()->setEnabled(!sources_.takers.empty());
    for (QAction* action : table_->actions())
        if (action->objectName() == "recordsSendAgain") action->setEnabled(!sources_.takers.empty());
}

QString RecordsPanel::emptyText() const
{
    if (!workbench_.run.hasRun())
        return wanted_.isEmpty() ? tr("Run the pipeline to see the records in its streams, queues and buckets.")
                                 : tr("Run the pipeline to see the records of %1.").arg(label(wanted_));
    if (shown_.isEmpty())
        return tr(
            "Choose what to look at above, or double-click a stream, a queue, a bucket or an edge in the drawing.");
    if (model_->found() == RecordsModel::Found::Waiting) return tr("Looking…");
    if (model_->found() == RecordsModel::Found::Nothing)
        return tr("%1 keeps no records in this run. Choose a stream, a queue or a bucket above.").arg(label(shown_));
    if (model_->total() == 0 && shown_.contains('>')) {
        if (!workbench_.run.active()) return tr("The run is over, and nothing was seen to pass %1.").arg(label(shown_));
        return workbench_.run.state() == RunState::Paused
                   ? tr("Resume the run, or step it, to see what passes %1.").arg(label(shown_))
                   : tr("Waiting for records to pass %1: they are shown from now on.").arg(label(shown_));
    }
    if (model_->total() == 0) {
        const bool had = std::ranges::any_of(model_->parts(), [](const BrowsePart& part) { return part.next > 0; });
        return had ? tr("There are no records in %1 now: all that came were consumed or have expired.")
                         .arg(label(shown_))
                   : tr("No records have come to %1 yet.").arg(label(shown_));
    }
    if (model_->filtered() && model_->rowCount() == 0 && !model_->searching())
        return tr("No record matches the filter.");
    return {};
}

QString RecordsPanel::countText() const
{
    const auto number = [](std::uint64_t n) { return QLocale().toString(static_cast<qulonglong>(n)); };
    if (shown_.isEmpty() || model_->found() != RecordsModel::Found::Records) return {};
    QStringList words;
    if (model_->filtered()) {
        words << tr("%1 found").arg(number(static_cast<std::uint64_t>(model_->rowCount())));
        words << tr("searched %1 of %2")
                     .arg(number(std::min(model_->searched(), model_->total())), number(model_->total()));
    } else {
        words << tr("%1 records").arg(number(model_->total()));
    }
    if (model_->kept() > model_->total()) words << tr("the newest of %1").arg(number(model_->kept()));
    if (model_->outdated()) words << tr("more has changed: refresh to search again");
    if (!model_->following())
        words << tr("held at %1").arg(QString::fromStdString(isoTime(model_->viewedAt())).mid(11, 8));
    if (model_->pending() > 0) words << tr("%1 new").arg(number(model_->pending()));
    return words.join("  ·  ");
}

void RecordsPanel::goTo(const QString& text)
{
    if (text.isEmpty()) return;
    const auto place =
        parseRecordPlace(text.toStdString(), model_->viewedAt() - workbench_.run.live().elapsed, model_->viewedAt());
    if (!place) {
        say(QString::fromStdString(place.problem().message), true);
        return;
    }
    say({}, false);
    if (const Time* time = std::get_if<Time>(&*place)) {
        model_->findTime(*time, [this](int row) { goToRow(row); });
        return;
    }
    const auto rows = static_cast<std::uint64_t>(model_->rowCount());
    if (rows == 0) return;
    const std::uint64_t oldest = std::min(std::get<std::uint64_t>(*place), rows) - 1;
    goToRow(static_cast<int>(model_->newestFirst() ? rows - 1 - oldest : oldest));
}

void RecordsPanel::goToRow(int row)
{
    const QModelIndex index = model_->index(row, 0);
    table_->setCurrentIndex(index);
    table_->scrollTo(index, QAbstractItemView::PositionAtCenter);
    table_->setFocus();
}

// What is being read stays where it is while newer records come in above it; at the top the newest are shown.
void RecordsPanel::keepPlace(int insertedRows)
{
    QScrollBar* bar = table_->verticalScrollBar();
    if (!model_->newestFirst() || bar->value() == 0) return;
    bar->setMaximum(bar->maximum() + insertedRows);
    bar->setValue(bar->value() + insertedRows);
}

void RecordsPanel::askPath(const QString& name, const QString& filters, std::function<void(const QString&)> then)
{
    auto* dialog = new QFileDialog(this, tr("Save records"), {}, filters);
    dialog->setObjectName("recordsSaveDialog");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    const auto takeEnding = [dialog] {
        const QString pattern = dialog->selectedNameFilter();
        if (pattern.contains("*.")) dialog->setDefaultSuffix(pattern.section("*.", 1).section(')', 0, 0));
    };
    takeEnding();
    connect(dialog, &QFileDialog::filterSelected, dialog, takeEnding);
    connect(dialog, &QFileDialog::fileSelected, this, then);
    dialog->open();
}

void RecordsPanel::saveRows(bool selectedOnly)
{
    RecordSaving::Wish wish{model_->view(), model_->viewIndices(), static_cast<std::uint64_t>(model_->rowCount())};
    if (selectedOnly) {
        std::vector<std::uint64_t> indices;
        for (const QItemSelectionRange& range : table_->selectionModel()->selection())
            for (int row = range.top(); row <= range.bottom(); ++row)
                indices.push_back(wish.index(static_cast<std::uint64_t>(row)));
        std::ranges::sort(indices);
        if (model_->newestFirst()) std::ranges::reverse(indices);
        wish.count = indices.size();
        wish.index = [indices = std::move(indices)](std::uint64_t n) { return indices[n]; };
    }
    askPath(label(shown_).replace(" → ", "-") + "-records.jsonl", tr("JSON lines (*.jsonl);;CSV (*.csv)"),
            [this, wish](const QString& path) { saving_->start(path, wish); });
}

void RecordsPanel::saveData()
{
    const int row = table_->currentIndex().row();
    if (row < 0) return;
    const QString key = QString::fromStdString(record_->row().key).section('/', -1);
    askPath(key.isEmpty() ? "record" : key, tr("All files (*)"),
            [this, view = model_->view(), index = model_->viewIndex(row)](const QString& path) {
                saving_->saveData(path, view, index);
            });
}

void RecordsPanel::sendAgain()
{
    if (record_->empty()) return;
    const std::string& data = record_->plain();
    send_->fill(QString::fromStdString(record_->row().key),
                QString::fromUtf8(data.data(), static_cast<qsizetype>(data.size())));
    bar_->send()->setChecked(true);
}

} // namespace streamwright::gui
