// SPDX-License-Identifier: GPL-3.0-or-later
// The rules for a queue's tags. Any thread.
#pragma once

#include <optional>

#include "core/api/service.h"

namespace streamwright::sqs {

// Of a request: a map of keys to values.
std::optional<api::ApiError> checkTags(const api::Value& tags);

} // namespace streamwright::sqs
