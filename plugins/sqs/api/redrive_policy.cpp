// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/redrive_policy.h"

#include <algorithm>
#include <charconv>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kSourceArns = 10;

std::optional<std::int64_t> countOf(const Json& value)
{
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(count) : std::nullopt;
}

// Whether the target's RedriveAllowPolicy lets that queue send its dead messages there.
bool allows(const QueueResource& target, std::string_view source)
{
    const QueueFacts facts = target.facts();
    const auto found = facts.attributes.find("RedriveAllowPolicy");
    if (found == facts.attributes.end()) return true;
    const auto policy = parseJson(found->second);
    if (!policy) return true;
    const std::string permission = policy->value("redrivePermission", "allowAll");
    if (permission != "byQueue") return permission == "allowAll";
    const Json arns = policy->value("sourceQueueArns", Json::array());
    return std::ranges::any_of(arns, [&](const Json& arn) { return nameInArn(arn.get<std::string>()) == source; });
}

} // namespace

std::optional<api::ApiError> readRedrivePolicy(std::string_view text, const api::Host& host,
                                               const std::string& queueName, bool fifo, Json& property)
{
    const auto invalid = [&](std::string_view reason) { return invalidValue(text, "RedrivePolicy", reason); };
    const auto policy = parseJson(text);
    if (!policy || !policy->is_object()) return invalid("Redrive policy is not a valid JSON map.");
    for (const char* member : {"deadLetterTargetArn", "maxReceiveCount"})
        if (!policy->contains(member))
            return invalid("Redrive policy does not contain mandatory attribute: " + std::string(member) + ".");
    const Json& given = policy->at("maxReceiveCount");
    const auto count = countOf(given);
    if (!count || *count < 1 || *count > kReceiveCountMaximum)
        return invalid(
            "Invalid value for maxReceiveCount: " + (given.is_string() ? given.get<std::string>() : given.dump()) +
            ", valid values are from 1 to 1000 both inclusive.");
    const Json& arn = policy->at("deadLetterTargetArn");
    const std::string_view name = arn.is_string() ? nameInArn(arn.get_ref<const std::string&>()) : std::string_view();
    if (name.empty()) return invalid("Invalid value for deadLetterTargetArn.");
    const auto target = findQueue(host, name);
    if (!target) return invalid("Dead letter target does not exist.");
    if (target->queue().fifo() != fifo) return invalid("Dead-letter queue must be same type of queue as the source.");
    if (name == queueName) return invalid("A queue cannot be its own dead-letter queue.");
    if (!allows(*target, queueName))
        return invalid("The dead-letter queue's RedriveAllowPolicy does not allow this source.");
    property = Json{{"maxReceiveCount", *count}, {"deadLetterTargetArn", arn}};
    return std::nullopt;
}

std::optional<std::int64_t> countIn(const Json& policy)
{
    const auto found = policy.find("maxReceiveCount");
    return found == policy.end() ? std::nullopt : countOf(*found);
}

std::string redrivePolicyText(std::string_view targetArn, std::uint32_t maxReceiveCount)
{
    return Json{{"deadLetterTargetArn", targetArn}, {"maxReceiveCount", maxReceiveCount}}.dump();
}

std::optional<api::ApiError> checkRedriveAllowPolicy(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    const auto invalid = [&](std::string_view reason) { return invalidValue(text, "RedriveAllowPolicy", reason); };
    const auto policy = parseJson(text);
    if (!policy || !policy->is_object()) return invalid("Redrive allow policy is not a valid JSON map.");
    const Json permission = policy->value("redrivePermission", Json());
    if (permission != "allowAll" && permission != "denyAll" && permission != "byQueue")
        return invalid("redrivePermission must be allowAll, denyAll or byQueue.");
    const Json arns = policy->value("sourceQueueArns", Json());
    if (arns.is_null() == (permission == "byQueue"))
        return invalid("sourceQueueArns goes with redrivePermission byQueue, and only with that.");
    if (arns.is_null()) return std::nullopt;
    const bool good = arns.is_array() && !arns.empty() && arns.size() <= kSourceArns &&
                      std::ranges::all_of(arns, [](const Json& arn) {
                          return arn.is_string() && !nameInArn(arn.get_ref<const std::string&>()).empty();
                      });
    if (!good) return invalid("sourceQueueArns must be a list of 1 to 10 ARNs of queues.");
    return std::nullopt;
}

} // namespace streamwright::sqs
