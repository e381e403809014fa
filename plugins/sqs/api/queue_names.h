// SPDX-License-Identifier: GPL-3.0-or-later
// The names that queues may have, and those that may not be had again yet. Any thread.
#pragma once

#include <optional>
#include <string>

#include "core/api/service.h"
#include "core/log/log_store.h"

namespace streamwright::sqs {

std::optional<api::ApiError> checkQueueName(std::string_view name, bool fifo);

// When queues were deleted, as facts of the store: "sqs-deleted/NAME". Their names are free after a minute.
void noteDeleted(LogStore& store, const std::string& name, Time at);
bool deletedRecently(const LogStore& store, const std::string& name, Time at);

} // namespace streamwright::sqs
