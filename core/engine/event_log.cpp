// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/event_log.h"

namespace streamwright {

namespace {
constexpr std::size_t kMostEvents = 10'000;
constexpr std::size_t kMostErrors = 100;
} // namespace

void EventLog::add(Time time, const std::string& node, Severity severity, std::string message)
{
    const MutexLock lock(mutex_);
    events_.push_back({++last_, time, node, severity, std::move(message)});
    if (severity == Severity::Error && errors_.size() < kMostErrors) errors_.push_back(events_.back());
    if (events_.size() > kMostEvents) events_.pop_front();
}

std::vector<Event> EventLog::errors() const
{
    const MutexLock lock(mutex_);
    return errors_;
}

std::vector<Event> EventLog::after(std::uint64_t number) const
{
    const MutexLock lock(mutex_);
    std::vector<Event> out;
    for (const Event& event : events_)
        if (event.number > number) out.push_back(event);
    return out;
}

} // namespace streamwright
