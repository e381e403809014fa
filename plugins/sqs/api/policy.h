// SPDX-License-Identifier: GPL-3.0-or-later
// The statements that AddPermission and RemovePermission keep in a queue's Policy. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace streamwright::sqs {

// The policy as it stands, or a new one without statements; arn: of the queue.
Json policyOf(std::string_view text, const std::string& arn);
bool hasStatement(const Json& policy, std::string_view label);
void addStatement(Json& policy, std::string_view label, const std::vector<std::string>& accounts,
                  const std::vector<std::string>& actions, const std::string& arn);
void removeStatement(Json& policy, std::string_view label);
// "" without statements: the queue then has no policy.
std::string policyText(const Json& policy);

} // namespace streamwright::sqs
