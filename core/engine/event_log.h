// SPDX-License-Identifier: GPL-3.0-or-later
// EventLog: what happened in a run that a person should read (throttling began, a line was malformed, data was lost).
// Bounded: the oldest go first. Any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/base/mutex.h"
#include "core/runtime/operator.h"

namespace streamwright {

struct Event {
    std::uint64_t number = 0; // from 1, without gaps
    Time time{};
    std::string node; // "" for the run itself
    Severity severity = Severity::Information;
    std::string message;
};

class EventLog {
public:
    void add(Time time, const std::string& node, Severity severity, std::string message) EXCLUDES(mutex_);
    // Those after the event of that number (0 = all that are kept).
    std::vector<Event> after(std::uint64_t number) const EXCLUDES(mutex_);

    // The first errors (bad input, a refused action, a place that cannot be written), kept for the end of the run.
    std::vector<Event> errors() const EXCLUDES(mutex_);

private:
    mutable Mutex mutex_;
    std::deque<Event> events_ GUARDED_BY(mutex_);
    std::vector<Event> errors_ GUARDED_BY(mutex_);
    std::uint64_t last_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright
