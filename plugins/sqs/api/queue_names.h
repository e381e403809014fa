// SPDX-License-Identifier: GPL-3.0-or-later
// The names that queues may have, and those that may not be had again yet. Any thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/api/service.h"
#include "core/base/mutex.h"

namespace streamwright::sqs {

std::optional<api::ApiError> checkQueueName(std::string_view name, bool fifo);

// When queues were deleted: their names are free after a minute. State of a run (api::Host::state).
class DeletedQueues {
public:
    void add(const std::string& name, Time at) EXCLUDES(mutex_);
    bool recently(const std::string& name, Time at) EXCLUDES(mutex_);

private:
    Mutex mutex_;
    std::map<std::string, Time> deleted_ GUARDED_BY(mutex_);
};

} // namespace streamwright::sqs
