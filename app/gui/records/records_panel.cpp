// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QVBoxLayout>

#include "app/gui/records/records_words.h"
#include "app/gui/records/save_dialog.h"
#include "app/session/record_place.h"
#include "app/session/record_text.h"
#include "app/session/tap_browser.h"

namespace streamwright::gui {

namespace {

// A value of the filter language, whatever is in it.
QString quoted(QString text)
{
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

} // namespace

RecordsPanel::RecordsPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new RecordsModel(workbench.run, this)),
      sources_(new RecordSources(workbench.run, this)),
      saving_(new RecordSaving(workbench.run, this)),
      bar_(new RecordsBar),
      table_(new RecordsTable(*model_)),
      empty_(new QLabel),
      tablePages_(new QStackedWidget),
      record_(new RecordView(workbench.run)),
      send_(new SendForm(workbench.run)),
      sidePages_(new QStackedWidget),
      status_(new RecordsStatus(*saving_))
{
    setObjectName("recordsPanel");
    setAccessibleName(tr("Records"));
    makeRowActions();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar_);
    layout->addWidget(makePages(), 1);
    layout->addWidget(status_);
    connectBar();
    connectModel();
    connectWorkbench();
    showState();
}

QWidget* RecordsPanel::makePages()
{
    empty_->setObjectName("recordsEmpty");
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setForegroundRole(QPalette::PlaceholderText);
    empty_->setMargin(fontMetrics().height());
    tablePages_->addWidget(empty_);
    tablePages_->addWidget(table_);
    sidePages_->addWidget(record_);
    sidePages_->addWidget(send_);
    sidePages_->setMinimumWidth(fontMetrics().averageCharWidth() * 36);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName("recordsSplitter");
    splitter->addWidget(tablePages_);
    splitter->addWidget(sidePages_);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    return splitter;
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
        if (const BrowseRow* row = model_->record(table_->currentRow()))
            bar_->setFilterText("@key = " + quoted(QString::fromStdString(row->key)));
    });
    sendAgain_ = add("recordsSendAgain", tr("Send again…"), &RecordsPanel::sendAgain);
    table_->addActions({bar_->saveSelected(), bar_->saveData()});
}

void RecordsPanel::connectBar()
{
    connect(bar_, &RecordsBar::sourceChosen, this, &RecordsPanel::showSource);
    connect(bar_, &RecordsBar::partChosen, this, [this] {
        shown_.clear();
        open();
    });
    connect(bar_, &RecordsBar::filterChanged, model_, &RecordsModel::setFilter);
    connect(bar_, &RecordsBar::filterRefused, this, [this](const QString& why) { status_->say(why, true); });
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

void RecordsPanel::connectModel()
{
    connect(model_, &RecordsModel::changed, this, &RecordsPanel::showState);
    connect(model_, &RecordsModel::partsChanged, this, [this] { bar_->setParts(model_->parts()); });
    connect(model_, &RecordsModel::trackedMoved, this, [this](int row) {
        if (row < 0)
            record_->showNothing(
                tr("This record has left %1: it was consumed, or has expired.").arg(sourceText(shown_)));
        else
            table_->setCurrentIndex(model_->index(row, 0));
    });
    connect(model_, &RecordsModel::dataChanged, this, [this] {
        // The current record was still being read when it was chosen.
        if (record_->empty() && table_->currentIndex().isValid()) showCurrent();
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RecordsPanel::showCurrent);
    connect(send_, &SendForm::closed, this, [this] { bar_->send()->setChecked(false); });
    connect(send_, &SendForm::sent, model_, &RecordsModel::refresh);
    connect(sources_, &RecordSources::changed, this, &RecordsPanel::takeSources);
    connect(saving_, &RecordSaving::finished, this, &RecordsPanel::showState);
    connect(saving_, &RecordSaving::failed, this, &RecordsPanel::showState);
}

void RecordsPanel::connectWorkbench()
{
    connect(&workbench_.run, &RunBridge::liveChanged, this, [this] {
        if (isVisible()) model_->refresh();
    });
    connect(&workbench_.run, &RunBridge::runStarted, this, [this] {
        model_->clear();
        shown_.clear();
        sources_->forget();
        sources_->ask();
    });
    connect(&workbench_.run, &RunBridge::stateChanged, this, [this] {
        if (workbench_.run.hasRun() && !sources_->known()) sources_->ask();
        showState();
    });
    connect(&workbench_.document, &DocumentModel::opened, this, [this] {
        wanted_.clear();
        shown_.clear();
        sources_->tap({});
        sources_->forget();
        bar_->setSources({});
        model_->clear();
        showState();
    });
    connect(&workbench_.document, &DocumentModel::changed, this, [this] {
        if (workbench_.run.hasRun()) sources_->ask();
    });
    connect(&workbench_.selection, &Selection::changed, this, [this] {
        if (bar_->linkSelection()->isChecked()) showSelection();
    });
    connect(&workbench_, &Workbench::recordsWanted, this, &RecordsPanel::showSource);
}

void RecordsPanel::showSource(const QString& id)
{
    if (id.isEmpty()) {
        showSelection();
        return;
    }
    wanted_ = sources_->keeperOf(id);
    open();
}

void RecordsPanel::showSelection()
{
    const Selected& selected = workbench_.selection.get();
    if (selected.nodes.size() + selected.edges.size() != 1) return;
    const std::string& one = selected.nodes.empty() ? *selected.edges.begin() : *selected.nodes.begin();
    const auto& among = selected.nodes.empty() ? sources_->get().edges : sources_->get().nodes;
    // Nodes that keep nothing (a producer) leave the table as it is.
    if (std::ranges::find(among, one) != among.end() || !workbench_.run.hasRun())
        showSource(QString::fromStdString(one));
}

void RecordsPanel::takeSources()
{
    std::vector<RecordsBar::Source> choices;
    for (const std::string& id : sources_->get().nodes) {
        const NodeKind* kind = workbench_.document.kindOf(id);
        const QString node = QString::fromStdString(id);
        choices.push_back({node, node, kind ? QString::fromStdString(kind->title) : QString(),
                           kind ? QString::fromStdString(kind->icon) : QString("node")});
    }
    for (const std::string& key : sources_->get().edges)
        choices.push_back({QString::fromStdString(key), sourceText(QString::fromStdString(key)), tr("Edge"), "edge"});
    bar_->setSources(choices);
    bar_->chooseSource(shown_);
    QStringList takers;
    for (const std::string& id : sources_->get().takers)
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
        sources_->tap(edge && isVisible() ? wanted_ : QString());
        model_->show([id, edge](Engine& engine) { return edge ? browseTap(engine, id) : engine.browsable(id); },
                     bar_->part());
        send_->chooseTarget(shown_);
        status_->say({}, false);
    }
    showState();
}

void RecordsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (event->spontaneous() || !shown_.contains('>') || shown_ == sources_->tapped()) return;
    shown_.clear(); // the edge was not tapped meanwhile: begin anew
    if (!wanted_.isEmpty()) showSource(wanted_);
}

void RecordsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    // After the run the tap costs nothing, and what it has is all that there is to see of the edge.
    if (!event->spontaneous() && workbench_.run.active()) sources_->tap({});
}

void RecordsPanel::showCurrent()
{
    const int row = table_->currentRow();
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
    const QString text = emptyTableText(workbench_.run, *model_, wanted_, shown_);
    empty_->setText(text);
    tablePages_->setCurrentIndex(text.isEmpty() ? 1 : 0);
    status_->setCounts(shown_.isEmpty() ? QString() : countText(*model_));
    bar_->saveAll()->setEnabled(model_->rowCount() > 0 && !saving_->busy());
    bar_->saveSelected()->setEnabled(table_->selectionModel()->hasSelection() && !saving_->busy());
    bar_->saveData()->setEnabled(!record_->empty());
    bar_->send()->setEnabled(!sources_->get().takers.empty());
    sendAgain_->setEnabled(!sources_->get().takers.empty());
}

void RecordsPanel::goTo(const QString& text)
{
    if (text.isEmpty()) return;
    const auto place =
        parseRecordPlace(text.toStdString(), model_->viewedAt() - workbench_.run.live().elapsed, model_->viewedAt());
    if (!place) {
        status_->say(QString::fromStdString(place.problem().message), true);
        return;
    }
    status_->say({}, false);
    if (const Time* time = std::get_if<Time>(&*place)) {
        model_->findTime(*time, [this](int row) { table_->goToRow(row); });
        return;
    }
    const auto rows = static_cast<std::uint64_t>(model_->rowCount());
    if (rows == 0) return;
    const std::uint64_t oldest = std::min(std::get<std::uint64_t>(*place), rows) - 1;
    table_->goToRow(static_cast<int>(model_->newestFirst() ? rows - 1 - oldest : oldest));
}

void RecordsPanel::saveRows(bool selectedOnly)
{
    RecordSaving::Wish wish{model_->view(), model_->viewIndices(), static_cast<std::uint64_t>(model_->rowCount())};
    if (selectedOnly) {
        std::vector<std::uint64_t> indices = table_->selectedViewIndices();
        wish.count = indices.size();
        wish.index = [indices = std::move(indices)](std::uint64_t n) { return indices[n]; };
    }
    askSavePath(this, sourceText(shown_).replace(" → ", "-") + "-records.jsonl",
                tr("JSON lines (*.jsonl);;CSV (*.csv)"),
                [this, wish](const QString& path) { saving_->start(path, wish); });
}

void RecordsPanel::saveData()
{
    const int row = table_->currentRow();
    if (row < 0) return;
    const QString key = QString::fromStdString(record_->row().key).section('/', -1);
    askSavePath(this, key.isEmpty() ? "record" : key, tr("All files (*)"),
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
