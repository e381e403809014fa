// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/bridge/run_bridge.h"

#include <QMetaObject>

namespace streamwright::gui {

RunBridge::RunBridge(DocumentModel& document) : document_(document), control_(document.registry())
{
    options_.engine.speed = 1;
    pool_.setMaxThreadCount(1);
    timer_.setInterval(200);
    update_.setInterval(100);
    update_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (!viewing_) takeLiveView(); // a slow machine gets fewer views, not a queue
    });
    connect(&update_, &QTimer::timeout, this, &RunBridge::updateRun);
    connect(&document, &DocumentModel::changed, this, [this] {
        if (active()) update_.start();
    });
    connect(&document, &DocumentModel::opened, this, &RunBridge::forgetRun);
    control_.onStateChange([this](RunState) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                state_ = control_.state(); // what was told may be of the run before
                if (active())
                    timer_.start();
                else
                    timer_.stop();
                viewing_ = false; // one that is being made may be of before: this one is the state's
                takeLiveView();
                emit stateChanged();
            },
            Qt::QueuedConnection);
    });
}

RunBridge::~RunBridge()
{
    control_.onStateChange({});
    control_.stop();
    pool_.waitForDone();
}

Result<void> RunBridge::start()
{
    const Project project = document_.document().project();
    if (!project.problems.empty()) return project.problems.front();
    moment_.reset();
    options_.engine.seed = project.pipeline.seed.value_or(EngineOptions{}.seed);
    options_.duration = project.pipeline.runFor;
    if (auto started = control_.start(project, options_); !started) return started;
    ++run_;
    forgotten_ = viewing_ = false;
    state_ = control_.state();
    emit runStarted();
    timer_.start();
    return {};
}

void RunBridge::pause() { control_.pause(); }
void RunBridge::resume() { control_.resume(); }
void RunBridge::stepTick() { control_.stepTick(); }
void RunBridge::stepSecond() { control_.stepFor(seconds(1)); }
void RunBridge::stop() { control_.stop(); }

// Another drawing: what its nodes show must not come from a run of the last one.
void RunBridge::forgetRun()
{
    control_.stop();
    ++run_;
    forgotten_ = true;
    viewing_ = false;
    moment_.reset();
    live_ = {};
    state_ = RunState::Stopped;
    timer_.stop();
    emit stateChanged();
    emit liveChanged();
}

void RunBridge::setSpeed(double speed)
{
    options_.engine.speed = speed;
    control_.setSpeed(speed);
}

void RunBridge::showMoment(std::optional<Time> moment)
{
    moment_ = moment;
    takeLiveView();
}

void RunBridge::takeLiveView()
{
    viewAgain_ = viewing_; // the one that is being made may be too old
    if (viewing_) return;
    viewing_ = hasRun();
    ask(
        this,
        [&registry = document_.registry(), moment = moment_](Engine& engine) {
            return liveView(engine, registry, moment);
        },
        [this, run = run_](LiveView view) {
            if (run != run_) return;
            viewing_ = false;
            live_ = std::move(view);
            if (!moment_ && (state_ == RunState::Stopped || state_ == RunState::Failed))
                for (auto& [id, node] : live_.nodes)
                    node.state = NodeState::Stopped;
            emit liveChanged();
            if (viewAgain_) takeLiveView();
        },
        [this, run = run_] {
            if (run == run_) viewing_ = false;
        });
}

void RunBridge::askRequests(QObject* receiver, std::uint64_t after, std::function<void(Requests)> answer,
                            std::function<void()> unanswered)
{
    ask(
        receiver,
        [this, after](Engine& engine) {
            return Requests{control_.requests(after), engine.now() - engine.elapsed()};
        },
        std::move(answer), std::move(unanswered));
}

// On the bridge's thread.
void RunBridge::tellFailed(const QPointer<QObject>& receiver, const char* why, const std::function<void()>& unanswered)
{
    QMetaObject::invokeMethod(
        this,
        [this, receiver, why = QString::fromUtf8(why), unanswered] {
            if (receiver && unanswered) unanswered();
            emit questionFailed(tr("The run gave no answer (%1): some of what is shown may be old").arg(why));
        },
        Qt::QueuedConnection);
}

void RunBridge::updateRun()
{
    if (!active()) return;
    for (const Problem& problem : control_.update(document_.document().project()))
        emit editRefused(QString::fromStdString(problem.text()));
}

} // namespace streamwright::gui
