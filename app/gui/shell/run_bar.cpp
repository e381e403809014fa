// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/run_bar.h"

#include <QLayout>
#include <limits>

#include "app/gui/shell/human_text.h"
#include "app/session/upstream.h"

namespace streamwright::gui {

namespace {

constexpr double kSpeeds[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 0}; // 0 = as fast as the machine can

QString speedText(double speed) { return speed == 0 ? RunBar::tr("max") : QString("%1×").arg(speed); }

QString stateText(RunState state)
{
    switch (state) {
    case RunState::Running:
        return RunBar::tr("Running");
    case RunState::Paused:
        return RunBar::tr("Paused");
    case RunState::Finished:
        return RunBar::tr("Finished");
    case RunState::Failed:
        return RunBar::tr("Failed");
    case RunState::Stopped:
        break;
    }
    return RunBar::tr("Stopped");
}

Theme::Token stateToken(RunState state)
{
    switch (state) {
    case RunState::Running:
        return Theme::Ok;
    case RunState::Paused:
        return Theme::Throttling;
    case RunState::Finished:
        return Theme::Accent;
    case RunState::Failed:
        return Theme::Failing;
    case RunState::Stopped:
        break;
    }
    return Theme::Stopped;
}

} // namespace

RunBar::RunBar(Workbench& workbench, QWidget* parent) : QToolBar(tr("Run"), parent), workbench_(workbench)
{
    setObjectName("runBar");
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    const int gap = fontMetrics().height() / 3;
    layout()->setSpacing(gap);
    layout()->setContentsMargins(gap, gap / 2, gap, gap / 2);
    makeActions();
    makeSpeed();
    makeSeed();
    makeClock();
    RunBridge& bridge = workbench.run;
    connect(&bridge, &RunBridge::stateChanged, this, &RunBar::showState);
    connect(&bridge, &RunBridge::runStarted, this, &RunBar::showState);
    connect(&bridge, &RunBridge::liveChanged, this, &RunBar::showClock);
    connect(&workbench.document, &DocumentModel::changed, this, &RunBar::showDocument);
    connect(&workbench.selection, &Selection::changed, this, &RunBar::showState);
    connect(&Theme::instance(), &Theme::changed, this, &RunBar::showIcons);
    showIcons();
    showDocument();
}

QList<QAction*> RunBar::runActions() const { return {run_, stop_, nullptr, stepTick_, stepSecond_, nullptr, runOnly_}; }

void RunBar::makeActions()
{
    const auto make = [this](const char* name, const QString& text, const QKeySequence& keys, const QString& help) {
        QAction* action = addAction(text);
        action->setObjectName(name);
        action->setShortcut(keys);
        action->setToolTip(QString("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
        action->setShortcutContext(Qt::ApplicationShortcut);
        return action;
    };
    run_ = make("run", tr("Run"), Qt::Key_F5, tr("Run the pipeline, pause it, go on"));
    stop_ = make("stop", tr("Stop"), Qt::SHIFT | Qt::Key_F5, tr("End the run"));
    stepTick_ = make("stepTick", tr("Step one tick"), Qt::Key_F10, tr("One tick of the engine, then pause"));
    stepSecond_ = make("stepSecond", tr("Step one second"), Qt::SHIFT | Qt::Key_F10, tr("One second, then pause"));
    runOnly_ = new QAction(tr("Run only the selection and what feeds it"), this);
    runOnly_->setObjectName("runOnly");
    runOnly_->setShortcut(Qt::CTRL | Qt::Key_F5);
    connect(run_, &QAction::triggered, this, &RunBar::runOrPause);
    connect(stop_, &QAction::triggered, &workbench_.run, &RunBridge::stop);
    connect(stepTick_, &QAction::triggered, this, [this] {
        if (!workbench_.run.active()) start({}, true);
        workbench_.run.stepTick();
    });
    connect(stepSecond_, &QAction::triggered, this, [this] {
        if (!workbench_.run.active()) start({}, true);
        workbench_.run.stepSecond();
    });
    connect(runOnly_, &QAction::triggered, this,
            [this] { start(withUpstream(workbench_.document.pipeline(), workbench_.selection.get().nodes)); });
    auto* runButton = qobject_cast<QToolButton*>(widgetForAction(run_));
    runButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    runButton->setMinimumWidth(fontMetrics().horizontalAdvance("MMMMMMMM"));
    addSeparator();
}

void RunBar::makeSpeed()
{
    auto* label = new QLabel(tr("Speed"), this);
    speed_ = new QComboBox(this);
    speed_->setObjectName("speed");
    speed_->setAccessibleName(tr("Speed of the run"));
    speed_->setToolTip(tr("Seconds of the run in one second; max: as fast as this machine can"));
    for (const double speed : kSpeeds)
        speed_->addItem(speedText(speed), speed);
    label->setBuddy(speed_);
    addWidget(label);
    addWidget(speed_);
    connect(speed_, &QComboBox::currentIndexChanged, this,
            [this] { workbench_.run.setSpeed(speed_->currentData().toDouble()); });
}

void RunBar::makeSeed()
{
    auto* label = new QLabel(tr("Seed"), this);
    seed_ = new QSpinBox(this);
    seed_->setObjectName("seed");
    seed_->setAccessibleName(tr("Seed of chance"));
    seed_->setToolTip(tr("The same seed gives the same run; takes effect at the next start"));
    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setMinimumWidth(fontMetrics().horizontalAdvance("000000000"));
    label->setBuddy(seed_);
    addWidget(label);
    addWidget(seed_);
    connect(seed_, &QSpinBox::valueChanged, this, [this](int seed) {
        workbench_.document.edit(
            tr("Change the seed"), [seed](Pipeline& pipeline) { pipeline.seed = static_cast<std::uint64_t>(seed); },
            "seed");
    });
    addSeparator();
}

void RunBar::makeClock()
{
    state_ = new QLabel(this);
    state_->setMinimumWidth(fontMetrics().horizontalAdvance("● Finished "));
    state_->setObjectName("runState");
    clock_ = new QLabel(this);
    clock_->setObjectName("clock");
    clock_->setAccessibleName(tr("Time of the run"));
    clock_->setMinimumWidth(fontMetrics().horizontalAdvance("0000 d 00:00:00 of 00:00:00"));
    progress_ = new QProgressBar(this);
    progress_->setObjectName("progress");
    progress_->setAccessibleName(tr("Progress of the run"));
    progress_->setTextVisible(false);
    progress_->setRange(0, 1000);
    progress_->setMaximumWidth(fontMetrics().horizontalAdvance("M") * 14);
    progress_->setMaximumHeight(fontMetrics().height() / 2);
    addWidget(state_);
    addWidget(clock_);
    addWidget(progress_);
}

void RunBar::start(const std::set<std::string>& only, bool paused)
{
    workbench_.run.options().paused = paused;
    workbench_.run.options().only = only;
    if (auto started = workbench_.run.start(); !started) emit refused(QString::fromStdString(started.problem().text()));
}

void RunBar::runOrPause()
{
    switch (workbench_.run.state()) {
    case RunState::Running:
        return workbench_.run.pause();
    case RunState::Paused:
        return workbench_.run.resume();
    default:
        start({});
    }
}

void RunBar::showState()
{
    const RunState state = workbench_.run.state();
    run_->setText(state == RunState::Running ? tr("Pause") : state == RunState::Paused ? tr("Go on") : tr("Run"));
    run_->setIcon(Theme::instance().icon(state == RunState::Running ? "pause" : "run", colour(Theme::Accent)));
    run_->setEnabled(!workbench_.document.pipeline().nodes.empty());
    stop_->setEnabled(workbench_.run.active());
    stepTick_->setEnabled(run_->isEnabled() && state != RunState::Running);
    stepSecond_->setEnabled(stepTick_->isEnabled());
    runOnly_->setEnabled(!workbench_.selection.get().nodes.empty());
    const bool lookingBack = workbench_.run.moment().has_value();
    const QString tell = lookingBack ? tr("Looking back") : stateText(state);
    state_->setText(
        QString("<span style='color:%1'>●</span> %2").arg(colour(stateToken(state)).name(), tell.toHtmlEscaped()));
    state_->setAccessibleName(tell);
    state_->setToolTip(workbench_.run.failure());
    showClock();
}

void RunBar::showClock()
{
    if (state_->accessibleName() == tr("Looking back") != workbench_.run.moment().has_value()) return showState();
    const RunBridge& run = workbench_.run;
    const std::optional<Duration> whole = run.duration();
    const Duration elapsed = run.hasRun() ? run.live().elapsed : Duration{};
    clock_->setText(whole ? tr("%1 of %2").arg(clockText(elapsed), clockText(*whole)) : clockText(elapsed));
    clock_->setToolTip(run.hasRun() ? QString::fromStdString(isoTime(run.live().now)) : QString());
    progress_->setValue(whole && whole->count() > 0 ? static_cast<int>(1000 * inSeconds(elapsed) / inSeconds(*whole))
                                                    : 0);
    for (QAction* action : actions())
        if (widgetForAction(action) == progress_) action->setVisible(whole.has_value());
}

void RunBar::showDocument()
{
    const QSignalBlocker quiet(seed_);
    const std::uint64_t seed = workbench_.document.pipeline().seed.value_or(EngineOptions{}.seed);
    seed_->setValue(static_cast<int>(std::min<std::uint64_t>(seed, std::numeric_limits<int>::max())));
    showState();
}

void RunBar::showIcons()
{
    const Theme& theme = Theme::instance();
    stop_->setIcon(theme.icon("stop"));
    stepTick_->setIcon(theme.icon("step-tick"));
    stepSecond_->setIcon(theme.icon("step-second"));
    runOnly_->setIcon(theme.icon("only"));
    // What has no room is behind Qt's own button, whose arrows are black on any ground.
    if (auto* extension = findChild<QToolButton*>("qt_toolbar_ext_button")) extension->setIcon(theme.icon("more"));
    showState();
}

} // namespace streamwright::gui
