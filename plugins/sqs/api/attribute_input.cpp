// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/attribute_input.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/redrive_policy.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kPolicyBytes = 8192;

struct NumberAttribute {
    std::string_view name;
    std::int64_t minimum, maximum;
    bool property = true;
};
constexpr std::int64_t inSecondsOf(Duration d) { return std::chrono::floor<std::chrono::seconds>(d).count(); }
constexpr std::array kNumbers = {
    NumberAttribute{"DelaySeconds", 0, inSecondsOf(kDelayMaximum)},
    NumberAttribute{"MaximumMessageSize", static_cast<std::int64_t>(kMessageSizeMinimum.value()),
                    static_cast<std::int64_t>(kMessageSizeMaximum.value())},
    NumberAttribute{"MessageRetentionPeriod", inSecondsOf(kRetentionMinimum), inSecondsOf(kRetentionMaximum)},
    NumberAttribute{"ReceiveMessageWaitTimeSeconds", 0, inSecondsOf(kReceiveWaitMaximum)},
    NumberAttribute{"VisibilityTimeout", 0, inSecondsOf(kVisibilityTimeoutMaximum)},
    NumberAttribute{"KmsDataKeyReusePeriodSeconds", 60, 86'400, false},
};

std::optional<bool> booleanOf(std::string_view text)
{
    if (text == "true" || text == "True") return true;
    if (text == "false" || text == "False") return false;
    return std::nullopt;
}

// One attribute of a request.
struct Reader {
    AttributeChange& change;
    const api::Host& host;
    const std::string& queueName;
    const bool fifo, creating;

    std::optional<api::ApiError> read(const std::string& name, std::string_view value)
    {
        for (const NumberAttribute& number : kNumbers)
            if (name == number.name) return readNumber(number, value);
        if (name == "FifoQueue") return readFifoQueue(value);
        if (name == "ContentBasedDeduplication" || name == "DeduplicationScope" || name == "FifoThroughputLimit")
            return readFifoAttribute(name, value);
        if (name == "RedrivePolicy") return readRedrivePolicy(value);
        if (name == "RedriveAllowPolicy") {
            if (auto error = checkRedriveAllowPolicy(value)) return error;
        } else if (name == "Policy") {
            if (!isPolicy(value)) return invalidAttributeValue(name);
        } else if (name == "SqsManagedSseEnabled") {
            if (!value.empty() && !booleanOf(value)) return invalidAttributeValue(name);
        } else if (name == "KmsMasterKeyId") {
            if (!value.empty()) change.facts["SqsManagedSseEnabled"] = "false"; // they exclude each other
        } else {
            return unknownAttribute(name);
        }
        change.facts[name] = value;
        return std::nullopt;
    }

    std::optional<api::ApiError> readNumber(const NumberAttribute& number, std::string_view value)
    {
        const std::string name(number.name);
        std::int64_t parsed = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        const bool good = error == std::errc() && end == value.data() + value.size() && parsed >= number.minimum &&
                          parsed <= number.maximum;
        if (!value.empty() && !good) return invalidAttributeValue(name);
        if (number.property)
            change.properties[name] = value.empty() ? Json() : Json(parsed);
        else
            change.facts[name] = value;
        return std::nullopt;
    }

    std::optional<api::ApiError> readFifoQueue(std::string_view value)
    {
        if (!fifo) return unknownAttribute("FifoQueue");
        if (booleanOf(value) == true) {
            if (creating) change.properties["FifoQueue"] = true;
            return std::nullopt;
        }
        return invalidAttributeValue("FifoQueue", creating ? "" : "Modifying queue type is not supported.");
    }

    std::optional<api::ApiError> readFifoAttribute(const std::string& name, std::string_view value)
    {
        const bool deduplication = name == "ContentBasedDeduplication";
        if (!fifo)
            return deduplication
                       ? unknownAttribute(name)
                       : invalidAttributeName("You can specify the " + name + " only when FifoQueue is set to true.");
        if (value.empty()) {
            change.properties[name] = nullptr;
        } else if (deduplication) {
            const auto parsed = booleanOf(value);
            if (!parsed) return invalidAttributeValue(name);
            change.properties[name] = *parsed;
        } else {
            const char* const inScope = name == "DeduplicationScope" ? "messageGroup" : "perMessageGroupId";
            const char* const inQueue = name == "DeduplicationScope" ? "queue" : "perQueue";
            if (value != inScope && value != inQueue) return invalidAttributeValue(name);
            change.properties[name] = value;
        }
        return std::nullopt;
    }

    std::optional<api::ApiError> readRedrivePolicy(std::string_view value)
    {
        if (value.empty()) {
            change.properties["RedrivePolicy"] = nullptr;
            return std::nullopt;
        }
        return sqs::readRedrivePolicy(value, host, queueName, fifo, change.properties["RedrivePolicy"]);
    }

    static bool isPolicy(std::string_view value)
    {
        if (value.empty()) return true;
        const auto json = parseJson(value);
        return value.size() <= kPolicyBytes && json && json->is_object();
    }
};

} // namespace

std::optional<api::ApiError> AttributeChange::read(const api::Value& attributes, const api::Host& host,
                                                   const std::string& queueName, bool fifo, bool creating)
{
    Reader reader{*this, host, queueName, fifo, creating};
    for (const auto& [name, value] : attributes.members())
        if (auto error = reader.read(std::string(name), value.string())) return error;
    return std::nullopt;
}

void AttributeChange::apply(QueueFacts& to) const
{
    for (const auto& [name, value] : facts) {
        if (value.empty())
            to.attributes.erase(name);
        else
            to.attributes[name] = value;
    }
}

Json AttributeChange::withoutDefaults() const
{
    Json given = Json::object();
    for (const auto& [name, value] : properties.items())
        if (!value.is_null()) given[name] = value;
    return given;
}

bool sameAttribute(std::string_view name, std::string_view current, std::string_view given)
{
    if (current == given || (given.empty() && name != "RedrivePolicy" && name != "Policy")) return true;
    if (const auto flag = booleanOf(given)) return flag == booleanOf(current);
    const auto a = parseJson(current), b = parseJson(given);
    if (!a || !b || !a->is_object() || !b->is_object()) return false;
    if (name != "RedrivePolicy") return nlohmann::json(*a) == nlohmann::json(*b); // in any order
    return nameInArn(a->value("deadLetterTargetArn", "")) == nameInArn(b->value("deadLetterTargetArn", "")) &&
           countIn(*a) == countIn(*b);
}

} // namespace streamwright::sqs
