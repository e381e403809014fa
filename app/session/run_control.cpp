// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_control.h"

#include "app/session/run_session.h"

namespace streamwright {

struct RunControl::Impl {
    const Registry& registry;
    mutable std::mutex mutex;
    std::shared_ptr<RunSession> session;
    RunState state = RunState::Stopped;
    RunOptions options;
    std::string failure;
    std::function<void(RunState)> listener;
    std::jthread thread;

    void setState(RunState next)
    {
        std::function<void(RunState)> told;
        {
            const std::lock_guard lock(mutex);
            state = next;
            told = listener;
        }
        if (told) told(next);
    }
};

RunControl::RunControl(const Registry& registry) : impl_(new Impl{registry}) { }
RunControl::~RunControl() { stop(); }

Result<void> RunControl::start(const Project& project, const RunOptions& options)
{
    stop();
    auto session = RunSession::open(project, impl_->registry, options.engine);
    if (!session) return session.problem();
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->session = std::move(*session);
        impl_->options = options;
        impl_->failure.clear();
    }
    impl_->setState(RunState::Running);
    impl_->thread = std::jthread([this, session = impl_->session, duration = options.duration] {
        const auto ran = session->run(duration.value_or(std::chrono::hours(24 * 366)));
        const auto finished = session->finish();
        if (!ran || !finished) {
            const std::lock_guard lock(impl_->mutex);
            impl_->failure = (ran ? finished : ran).problem().text();
        }
        impl_->setState(!ran || !finished ? RunState::Failed : RunState::Finished);
    });
    return {};
}

void RunControl::pause() { }
void RunControl::resume() { }
void RunControl::stepTick() { }
void RunControl::stepFor(Duration) { }

void RunControl::stop()
{
    if (!impl_->thread.joinable()) return;
    impl_->session->stop();
    impl_->thread.join();
    impl_->setState(RunState::Stopped);
}

void RunControl::setSpeed(double) { }

std::vector<Problem> RunControl::update(const Project& project)
{
    std::vector<Problem> problems;
    const auto engine = this->engine();
    if (!engine) return problems;
    for (const Node& node : project.pipeline.nodes) {
        if (!engine->plan().nodes.empty() && engine->properties(node.id) != node.properties)
            for (Problem& problem : engine->edit(node.id, node.properties))
                problems.push_back(std::move(problem));
    }
    return problems;
}

RunState RunControl::state() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->state;
}

double RunControl::speed() const { return impl_->options.engine.speed; }
std::optional<Duration> RunControl::duration() const { return impl_->options.duration; }
std::string RunControl::failure() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->failure;
}

std::shared_ptr<Engine> RunControl::engine() const
{
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->session) return nullptr;
    return {impl_->session, &impl_->session->engine()};
}

void RunControl::onStateChange(std::function<void(RunState)> listener)
{
    const std::lock_guard lock(impl_->mutex);
    impl_->listener = std::move(listener);
}

} // namespace streamwright
