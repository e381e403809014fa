// SPDX-License-Identifier: GPL-3.0-or-later
// The time line of series.h: the run's events, sorted by what they are about.
#include <algorithm>
#include <string_view>

#include "app/session/series.h"

namespace streamwright {

namespace {

using Kind = TimelineEvent::Kind;

// Events are written for people: what they are about is told by the words they share.
Kind kindOf(const Event& event)
{
    const auto says = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return event.message.find(word) != std::string::npos; });
    };
    if (says({"throttle", "backlog is full"})) return Kind::Throttled;
    if (says({"open shards", "split", "merged", "has expired"})) return Kind::Resharded;
    if (says({"behind", "caught up"})) return Kind::Behind;
    if (says({"edited"})) return Kind::Edited;
    if (event.severity != Severity::Information || says({"takes objects again"})) return Kind::Failed;
    return Kind::Note;
}

} // namespace

std::vector<TimelineEvent> timeline(Engine& engine, std::uint64_t after)
{
    std::vector<TimelineEvent> events;
    for (const Event& event : engine.events().after(after))
        events.push_back({event.number, event.time, event.node, kindOf(event), event.message});
    return events;
}

} // namespace streamwright
