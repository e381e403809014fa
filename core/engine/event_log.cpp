// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/event_log.h"

namespace streamwright {

namespace {
constexpr std::size_t kMostEvents = 10'000;
}

void EventLog::add(Time time, const std::string& node, Severity severity, std::string message)
{
    const MutexLock lock(mutex_);
    events_.push_back({++last_, time, node, severity, std::move(message)});
    if (events_.size() > kMostEvents) events_.pop_front();
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
