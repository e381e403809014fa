// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/monitor_panel.h"

#include <QVBoxLayout>

#include "app/gui/monitor/number_text.h"
#include "app/gui/monitor/series_picker.h"
#include "app/gui/theme/overflow_row.h"

namespace streamwright::gui {

namespace {

constexpr int kComparePause = 2000; // milliseconds

enum View { Charts, Heat, Events, Compare };

} // namespace

struct MonitorPanel::Clock {
    Time start{};
    double end = 0;
    std::vector<TimelineEvent> events;
};

MonitorPanel::MonitorPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      clock_(workbench.run, this, [this] { askClock(); }),
      comparison_(workbench.run, this, [] {}),
      board_(new ChartBoard(workbench, window_)),
      heat_(new HeatPanel(workbench, window_)),
      list_(new EventList(events_)),
      table_(new ComparisonTable),
      views_(new QStackedWidget),
      viewGroup_(new QActionGroup(this)),
      scope_(new ElidedLabel({})),
      span_(new QComboBox),
      paused_(new ElidedLabel({})),
      time_(new QLabel),
      line_(new TimeLine)
{
    setObjectName("monitorPanel");
    pause_ = addAction("pauseCharts", tr("Pause charts"), "pause", &MonitorPanel::togglePause);
    pause_->setCheckable(true);
    live_ = addAction("live", tr("Live"), "follow", &MonitorPanel::goLive);
    pick_ = addAction("addChart", tr("Add chart"), "plus", &MonitorPanel::pickSeries);
    keep_ = addAction("keepBaseline", tr("Keep as baseline"), "keep-baseline", &MonitorPanel::keepBaseline);
    drop_ = addAction("dropBaseline", tr("Drop the baseline"), "close", &MonitorPanel::dropBaseline);
    for (QWidget* view : {static_cast<QWidget*>(board_), static_cast<QWidget*>(heat_), static_cast<QWidget*>(list_),
                          static_cast<QWidget*>(table_)})
        views_->addWidget(view);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->setSpacing(3);
    layout->addWidget(makeHead());
    layout->addWidget(views_, 1);
    layout->addWidget(makeFoot());

    connect(&workbench.run, &RunBridge::liveChanged, this, &MonitorPanel::refresh);
    connect(&workbench.run, &RunBridge::stateChanged, this, &MonitorPanel::refresh);
    connect(&workbench.run, &RunBridge::runStarted, this, &MonitorPanel::forgetRun);
    connect(&workbench.document, &DocumentModel::opened, this, [this] {
        dropBaseline();
        forgetRun();
    });
    connect(&workbench, &Workbench::monitorWanted, this, [this](const QString& node) {
        workbench_.selection.selectNode(node.toStdString());
        showView(Charts);
    });
    connect(board_, &ChartBoard::scopeChanged, this, [this] { scope_->setText(board_->scope()); });
    connect(&window_, &TimeWindow::changed, this, [this] { line_->setShown(window_.from(), window_.to()); });
    connect(&window_, &TimeWindow::pausedChanged, this, &MonitorPanel::sayPause);
    connect(line_, &TimeLine::momentWanted, this, &MonitorPanel::goTo);
    connect(list_, &EventList::eventChosen, this, [this](double seconds, const QString& node) {
        goTo(seconds);
        if (!node.isEmpty()) emit workbench_.revealWanted(node);
    });
    connect(&Theme::instance(), &Theme::changed, this, &MonitorPanel::restyle);
    restyle();
    sayPause();
    sayBaseline();
    showView(Charts);
    goTo({});
}

QAction* MonitorPanel::addAction(const QString& name, const QString& text, const QString& icon,
                                 void (MonitorPanel::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setProperty("iconName", icon);
    connect(action, &QAction::triggered, this, slot);
    actions_.append(action);
    return action;
}

QWidget* MonitorPanel::makeHead()
{
    auto* head = new OverflowRow;
    const std::pair<const char*, QString> views[] = {{"showCharts", tr("Charts")},
                                                     {"showHeatMap", tr("Heat map")},
                                                     {"showEvents", tr("Events")},
                                                     {"showCompare", tr("Compare")}};
    for (int i = 0; i < 4; ++i) {
        auto* action = new QAction(views[i].second, viewGroup_);
        action->setObjectName(views[i].first);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, i] { showView(i); });
        head->add(action, Qt::ToolButtonTextOnly)->setProperty("segment", true);
        actions_.append(action);
    }
    head->addGap(12);
    scope_->setObjectName("chartScope");
    scope_->setText(board_->scope());
    scope_->setToken(Theme::TextMuted);
    scope_->setMinimumWidth(fontMetrics().averageCharWidth() *
                            9); // "20 nodes"; the actions after it can go to the menu
    head->addFixed(scope_, 1);
    paused_->setObjectName("pausedText");
    paused_->setToken(Theme::Throttling);
    head->addFixed(paused_);
    head->add(pause_);
    span_->setObjectName("chartSpan");
    span_->setAccessibleName(tr("How much of the run is shown"));
    const std::pair<QString, int> spans[] = {{tr("Last minute"), 60},
                                             {tr("Last 5 minutes"), 300},
                                             {tr("Last 15 minutes"), 900},
                                             {tr("Last hour"), 3600},
                                             {tr("Whole run"), 0}};
    for (const auto& [text, seconds] : spans)
        span_->addItem(text, seconds);
    span_->setCurrentIndex(1);
    span_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(span_, &QComboBox::currentIndexChanged, this, [this] { window_.setSpan(span_->currentData().toDouble()); });
    head->add(span_);
    head->addGap(8);
    for (QAction* action : {pick_, keep_})
        head->add(action, Qt::ToolButtonTextBesideIcon);
    head->add(drop_);
    return head;
}

QWidget* MonitorPanel::makeFoot()
{
    auto* foot = new OverflowRow;
    time_->setObjectName("runTime");
    time_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    time_->setMinimumWidth(fontMetrics().horizontalAdvance("0:00:00"));
    foot->addFixed(time_);
    foot->addFixed(line_, 1);
    foot->add(live_, Qt::ToolButtonTextBesideIcon);
    return foot;
}

void MonitorPanel::restyle()
{
    for (QAction* action : std::as_const(actions_))
        if (const QString icon = action->property("iconName").toString(); !icon.isEmpty())
            action->setIcon(Theme::instance().icon(icon));
    setStyleSheet(
        QString(
            "QToolButton[segment=true] { padding: 2px 10px; border: 1px solid %1; border-radius: 4px; background: %2; }"
            "QToolButton[segment=true]:checked { background: %3; border-color: %4; font-weight: 600; }"
            "QToolButton[segment=true]:focus { border-color: %4; }")
            .arg(colour(Theme::Border).name(), colour(Theme::Surface).name(), colour(Theme::AccentSoft).name(),
                 colour(Theme::Accent).name()));
}

void MonitorPanel::showView(int view)
{
    viewGroup_->actions().at(view)->setChecked(true);
    views_->setCurrentIndex(view);
    scope_->setVisible(view == Charts);
    pick_->setEnabled(workbench_.run.hasRun());
    refresh();
}

void MonitorPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void MonitorPanel::refresh()
{
    const bool any = workbench_.run.hasRun();
    for (QAction* action : {pause_, live_, pick_, keep_})
        action->setEnabled(any);
    if (!isVisible()) return;
    askClock(); // charts follow its answer
    if (views_->currentIndex() == Compare) refreshComparison();
}

void MonitorPanel::askClock()
{
    clock_.put(
        [last = events_.lastNumber()](Engine& engine) {
            const Duration elapsed = engine.elapsed();
            return Clock{engine.now() - elapsed, inSeconds(elapsed), timeline(engine, last)};
        },
        [this](Clock clock) { takeClock(std::move(clock)); });
}

void MonitorPanel::takeClock(Clock clock)
{
    start_ = clock.start;
    std::vector<TimeLine::Mark> marks;
    for (TimelineEvent& event : clock.events) {
        const double seconds = inSeconds(event.time - clock.start);
        marks.push_back({seconds, std::move(event)});
    }
    if (!marks.empty()) {
        events_.append(std::move(marks));
        line_->setMarks(events_.marks());
    }
    line_->setEnd(clock.end);
    const double from = window_.from(), to = window_.to();
    window_.setEnd(clock.end);
    // A window that moves asks for its data by itself.
    if (!window_.paused() && from == window_.from() && to == window_.to()) {
        board_->refresh();
        heat_->refresh();
    }
    line_->setShown(window_.from(), window_.to());
    time_->setText(runTimeText(std::floor(line_->moment().value_or(clock.end))));
}

void MonitorPanel::refreshComparison()
{
    if (!baseline_) return;
    // Every figure of every node: not five times a second.
    if (workbench_.run.active() && compared_.isValid() && compared_.elapsed() < kComparePause) return;
    compared_.start();
    comparison_.put(
        [&registry = workbench_.document.registry(), seed = workbench_.run.options().engine.seed](Engine& engine) {
            return keepRun(engine, registry, tr("this run").toStdString(), seed, false);
        },
        [this](KeptRun run) { table_->setRun(std::move(run)); });
}

void MonitorPanel::forgetRun()
{
    events_.clear();
    table_->forgetRun();
    compared_.invalidate();
    line_->setMarks({});
    line_->setMoment({});
    line_->setEnd(0);
    window_.restart();
    time_->setText(runTimeText(0));
    refresh();
}

void MonitorPanel::goTo(std::optional<double> seconds)
{
    const bool change = seconds || workbench_.run.moment();
    line_->setMoment(seconds);
    window_.setMoment(seconds);
    time_->setText(runTimeText(std::floor(seconds.value_or(window_.end()))));
    live_->setText(seconds ? tr("Back to live") : tr("Live"));
    live_->setToolTip(seconds ? tr("You look at %1 of the run. Click to return to now.").arg(runTimeText(*seconds))
                              : tr("Canvas and charts show the run as it is now"));
    if (!change) return;
    if (seconds)
        workbench_.run.showMoment(start_ + Duration(static_cast<std::int64_t>(*seconds * 1e6)));
    else
        workbench_.run.showMoment({});
}

void MonitorPanel::goLive()
{
    goTo({});
    window_.reset();
}

void MonitorPanel::togglePause() { window_.setPaused(!window_.paused()); }

void MonitorPanel::sayPause()
{
    pause_->setChecked(window_.paused());
    pause_->setText(window_.paused() ? tr("Resume charts") : tr("Pause charts"));
    paused_->setVisible(window_.paused());
    const double missed = std::floor(window_.missed());
    const QString amount = missed < 120 ? tr("%1 s").arg(missed) : runTimeText(missed);
    paused_->setText(missed < 1 ? tr("paused") : tr("paused, %1 missed").arg(amount));
    if (!window_.paused()) refresh();
}

void MonitorPanel::pickSeries()
{
    auto* picker = new SeriesPicker(workbench_, this);
    connect(picker, &SeriesPicker::chosen, this, [this](const std::vector<SeriesId>& series) {
        showView(Charts);
        board_->addPinned(series);
    });
    picker->open();
}

void MonitorPanel::keepBaseline()
{
    const std::string label =
        tr("run of %1").arg(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat)).toStdString();
    workbench_.run.ask(
        this,
        [&registry = workbench_.document.registry(), seed = workbench_.run.options().engine.seed,
         label](Engine& engine) { return std::make_shared<const KeptRun>(keepRun(engine, registry, label, seed)); },
        [this](std::shared_ptr<const KeptRun> run) {
            baseline_ = std::move(run);
            sayBaseline();
            emit workbench_.message(tr("Kept as baseline: %1 of the run. Change something and run again to compare.")
                                        .arg(runTimeText(inSeconds(baseline_->elapsed))));
        });
}

void MonitorPanel::dropBaseline()
{
    baseline_.reset();
    sayBaseline();
}

void MonitorPanel::sayBaseline()
{
    drop_->setVisible(baseline_ != nullptr);
    keep_->setText(baseline_ ? tr("Keep this run instead") : tr("Keep as baseline"));
    board_->setBaseline(baseline_);
    table_->setBaseline(baseline_);
    if (views_->currentIndex() == Compare) refreshComparison();
}

} // namespace streamwright::gui
