// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/queue_names.h"

#include <algorithm>
#include <charconv>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

const std::string kDeleted = "sqs-deleted/";

bool isRecent(std::string_view deleted, Time at)
{
    Duration::rep ticks = 0;
    std::from_chars(deleted.data(), deleted.data() + deleted.size(), ticks);
    const Time then{Duration(ticks)};
    return then <= at && at < then + kNameFreeAfter;
}

} // namespace

std::optional<api::ApiError> checkQueueName(std::string_view name, bool fifo)
{
    constexpr std::string_view kFifoEnd = ".fifo";
    if (name.empty()) return missingParameter("QueueName");
    std::string_view stem = name;
    if (fifo && stem.ends_with(kFifoEnd)) stem.remove_suffix(kFifoEnd.size());
    const bool good = !stem.empty() && name.size() <= kQueueNameCharacters && std::ranges::all_of(stem, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    if (fifo && (!good || !name.ends_with(kFifoEnd)))
        return invalidValue(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
            "must end with .fifo suffix and be 1 to 80 in length.");
    if (!good)
        return invalidValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    return std::nullopt;
}

void noteDeleted(LogStore& store, const std::string& name, Time at)
{
    for (const auto& [key, when] : store.withPrefix(kDeleted))
        if (!isRecent(when, at)) store.erase(key);
    store.put(kDeleted + name, std::to_string(at.time_since_epoch().count()));
}

bool deletedRecently(const LogStore& store, const std::string& name, Time at)
{
    const auto when = store.get(kDeleted + name);
    return when && isRecent(*when, at);
}

} // namespace streamwright::sqs
