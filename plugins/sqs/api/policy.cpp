// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/policy.h"

#include <algorithm>

namespace streamwright::sqs {

namespace {

bool isLabelled(const Json& statement, std::string_view label)
{
    const auto sid = statement.find("Sid");
    return sid != statement.end() && sid->is_string() && sid->get_ref<const std::string&>() == label;
}

// One value stands alone.
Json oneOrMore(const std::vector<std::string>& values)
{
    return values.size() == 1 ? Json(values.front()) : Json(values);
}

} // namespace

Json policyOf(std::string_view text, const std::string& arn)
{
    if (auto policy = parseJson(text); policy && policy->is_object()) {
        const auto statements = policy->find("Statement");
        if (statements != policy->end() && statements->is_array()) return *policy;
    }
    return {{"Version", "2008-10-17"}, {"Id", arn + "/SQSDefaultPolicy"}, {"Statement", Json::array()}};
}

bool hasStatement(const Json& policy, std::string_view label)
{
    return std::ranges::any_of(policy.at("Statement"), [&](const Json& s) { return isLabelled(s, label); });
}

void addStatement(Json& policy, std::string_view label, const std::vector<std::string>& accounts,
                  const std::vector<std::string>& actions, const std::string& arn)
{
    std::vector<std::string> principals, allowed;
    for (const std::string& account : accounts)
        principals.push_back("arn:aws:iam::" + account + ":root");
    for (const std::string& action : actions)
        allowed.push_back("SQS:" + action);
    policy["Statement"].push_back({{"Sid", label},
                                   {"Effect", "Allow"},
                                   {"Principal", {{"AWS", oneOrMore(principals)}}},
                                   {"Action", oneOrMore(allowed)},
                                   {"Resource", arn}});
}

void removeStatement(Json& policy, std::string_view label)
{
    Json left = Json::array();
    for (const Json& statement : policy.at("Statement"))
        if (!isLabelled(statement, label)) left.push_back(statement);
    policy["Statement"] = std::move(left);
}

std::string policyText(const Json& policy) { return policy.at("Statement").empty() ? "" : policy.dump(); }

} // namespace streamwright::sqs
