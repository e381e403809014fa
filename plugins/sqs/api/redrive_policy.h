// SPDX-License-Identifier: GPL-3.0-or-later
// The attributes RedrivePolicy (where dead messages go) and RedriveAllowPolicy (who may send them here), which are texts of
// JSON. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/api/service.h"
#include "core/base/json.h"

namespace streamwright::sqs {

class QueueResource;

// Into the property RedrivePolicy of that queue.
std::optional<api::ApiError> readRedrivePolicy(std::string_view text, const api::Host& host,
                                               const std::string& queueName, bool fifo, Json& property);
std::optional<std::int64_t> countIn(const Json& policy); // its maxReceiveCount, a number or a text of one
std::string redrivePolicyText(std::string_view targetArn, std::uint32_t maxReceiveCount);

std::optional<api::ApiError> checkRedriveAllowPolicy(std::string_view text);

} // namespace streamwright::sqs
