// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_session.h"

#include "app/session/expectations.h"
#include "app/session/run_report.h"

namespace streamwright {

Result<std::unique_ptr<RunSession>> RunSession::open(const Project& project, const Registry& registry,
                                                     EngineOptions options)
{
    auto engine = Engine::open(project.plan, registry, options);
    if (!engine) return engine.problem();
    return std::unique_ptr<RunSession>(new RunSession(project, std::move(options), std::move(*engine)));
}

RunSession::RunSession(const Project& project, EngineOptions options, std::unique_ptr<Engine> engine)
    : pipeline_(project.pipeline),
      options_(std::move(options)),
      engine_(std::move(engine)),
      runStart_(engine_->now()),
      wallStart_(std::chrono::steady_clock::now())
{
    watchExpectations(*engine_, pipeline_.expect, runStart_);
}

Result<void> RunSession::run(Duration duration)
{
    const Time end = engine_->now() + duration;
    while (!stopped_) {
        const auto ran = runTo(end);
        if (!ran) return ran.problem();
        if (*ran == RunEnd::Reached) break;
    }
    return {};
}

std::optional<Time> RunSession::nextEdit(Time end) const
{
    if (nextEdit_ == pipeline_.edits.size() || runStart_ + pipeline_.edits[nextEdit_].at > end) return std::nullopt;
    return runStart_ + pipeline_.edits[nextEdit_].at;
}

Result<RunEnd> RunSession::runTo(Time end, Pace pace)
{
    for (;;) {
        const auto edit = nextEdit(end);
        auto ran = engine_->runFor(edit.value_or(end) - engine_->now(), pace);
        if (!edit || !ran || *ran == RunEnd::Stopped) return ran;
        applyNextEdit();
    }
}

Result<RunEnd> RunSession::runTick(Time end)
{
    for (const std::uint64_t before = engine_->ticks();;) {
        const auto edit = nextEdit(end);
        auto ran = engine_->runTicks(1, edit.value_or(end));
        if (!edit || !ran || *ran == RunEnd::Stopped || engine_->ticks() > before) return ran;
        applyNextEdit();
    }
}

void RunSession::applyNextEdit()
{
    const TimedEdit& edit = pipeline_.edits[nextEdit_++];
    Json properties = engine_->properties(edit.node);
    properties.merge_patch(edit.properties);
    for (const Problem& problem : engine_->edit(edit.node, properties))
        engine_->events().add(engine_->now(), edit.node, Severity::Error, "the edit was not taken: " + problem.text());
}

void RunSession::stop()
{
    stopped_ = true;
    engine_->stop();
}

Result<void> RunSession::finish()
{
    auto closed = engine_->close();
    wallSeconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - wallStart_).count();
    return closed;
}

Json RunSession::report(const Registry& registry) const
{
    return runReport(*engine_, registry, {pipeline_.name, options_.seed, wallSeconds_});
}

std::vector<std::string> RunSession::failedExpectations()
{
    return streamwright::failedExpectations(*engine_, pipeline_.expect, runStart_);
}

} // namespace streamwright
