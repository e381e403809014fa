// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/queue_names.h"

#include <algorithm>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

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

void DeletedQueues::add(const std::string& name, Time at)
{
    const MutexLock lock(mutex_);
    std::erase_if(deleted_, [&](const auto& entry) { return entry.second + kNameFreeAfter <= at; });
    deleted_[name] = at;
}

bool DeletedQueues::recently(const std::string& name, Time at)
{
    const MutexLock lock(mutex_);
    const auto found = deleted_.find(name);
    return found != deleted_.end() && at < found->second + kNameFreeAfter;
}

} // namespace streamwright::sqs
