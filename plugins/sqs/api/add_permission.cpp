// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"

#include <algorithm>
#include <array>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/policy.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kActionsMaximum = 7;
constexpr std::array<std::string_view, 10> kShareable = {
    "*",
    "SendMessage",
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "PurgeQueue",
    "ListQueueTags",
};
constexpr std::array<std::string_view, 10> kOwnersOnly = {
    "AddPermission",         "CreateQueue",      "DeleteQueue",          "ListQueues",
    "SetQueueAttributes",    "RemovePermission", "StartMessageMoveTask", "ListMessageMoveTasks",
    "CancelMessageMoveTask", "TagQueue"};

std::optional<api::ApiError> readAccounts(std::span<const api::Value> given, std::vector<std::string>& accounts)
{
    if (given.empty()) return missingParameter("AWSAccountIds");
    for (const api::Value& account : given) {
        const std::string_view id = account.string();
        if (id.size() != 12 || !std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }))
            return invalidValue("[" + std::string(id) + "]", "PrincipalId", "Unable to verify.");
        accounts.emplace_back(id);
    }
    return std::nullopt;
}

std::optional<api::ApiError> readActions(std::span<const api::Value> given, std::vector<std::string>& actions)
{
    if (given.empty()) return missingParameter("Actions");
    if (given.size() > kActionsMaximum)
        return overLimit(std::to_string(given.size()) + " Actions were found, maximum allowed is 7.");
    for (const api::Value& action : given) {
        const std::string_view name = action.string();
        const std::string shown = "SQS:" + std::string(name);
        if (std::ranges::find(kOwnersOnly, name) != kOwnersOnly.end())
            return invalidValue(shown, "ActionName", "Only the queue owner is allowed to invoke this action.");
        if (std::ranges::find(kShareable, name) == kShareable.end())
            return invalidValue(shown, "ActionName",
                                "Please refer to the appropriate WSDL for a list of valid actions.");
        actions.emplace_back(name);
    }
    return std::nullopt;
}

} // namespace

api::Outcome addPermission(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const std::string_view label = call.input().string("Label");
    if (label.empty()) return missingParameter("Label");
    std::vector<std::string> accounts, actions;
    if (auto error = readActions(call.input().items("Actions"), actions)) return *error;
    if (auto error = readAccounts(call.input().items("AWSAccountIds"), accounts)) return *error;
    const std::string arn = queueArn(call.caller(), queue->name());
    bool known = false;
    queue->changeFacts([&](QueueFacts& facts) {
        Json policy = policyOf(facts.attributes["Policy"], arn);
        known = hasStatement(policy, label);
        if (!known) addStatement(policy, label, accounts, actions, arn);
        facts.attributes["Policy"] = policyText(policy);
    });
    if (known) return invalidValue(label, "Label", "Already exists.");
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
