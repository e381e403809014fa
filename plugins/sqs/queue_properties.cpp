// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_properties.h"

#include <algorithm>

namespace streamwright::sqs {

namespace {

Duration secondsIn(const Json& properties, const char* name)
{
    return seconds(properties.at(name).get<std::int64_t>());
}

} // namespace

QueueSettings settingsOf(const Json& properties)
{
    QueueSettings settings;
    settings.fifo = properties.at("FifoQueue").get<bool>();
    settings.visibilityTimeout = secondsIn(properties, "VisibilityTimeout");
    settings.retention = secondsIn(properties, "MessageRetentionPeriod");
    settings.delay = secondsIn(properties, "DelaySeconds");
    settings.receiveWait = secondsIn(properties, "ReceiveMessageWaitTimeSeconds");
    settings.maximumMessageSize = ByteCount(properties.at("MaximumMessageSize").get<std::uint64_t>());
    settings.inFlightLimit = properties.at("InFlightLimit").get<std::size_t>();
    settings.contentBasedDeduplication = properties.value("ContentBasedDeduplication", false);
    settings.deduplicatePerGroup = properties.value("DeduplicationScope", "queue") == "messageGroup";
    settings.highThroughput = properties.value("FifoThroughputLimit", "perQueue") == "perMessageGroupId";
    settings.disorder = properties.value("Disorder", 0.0);
    if (const auto policy = properties.find("RedrivePolicy"); policy != properties.end())
        settings.maxReceiveCount = policy->at("maxReceiveCount").get<std::uint32_t>();
    return settings;
}

std::string queueName(const std::string& nodeId, const Json& properties)
{
    if (const auto name = properties.find("QueueName"); name != properties.end()) return name->get<std::string>();
    const bool fifo = properties.at("FifoQueue").get<bool>();
    return fifo && !nodeId.ends_with(".fifo") ? nodeId + ".fifo" : nodeId;
}

std::string queueArn(const std::string& queueName) { return "arn:aws:sqs:us-east-1:000000000000:" + queueName; }

std::string_view nameInArn(std::string_view arn)
{
    if (!arn.starts_with("arn:") || arn.find(":sqs:") == arn.npos) return {};
    return std::ranges::count(arn, ':') == 5 ? arn.substr(arn.rfind(':') + 1) : std::string_view();
}

std::vector<Problem> checkQueue(const NodeSetup& setup)
{
    std::vector<Problem> problems;
    const auto add = [&](std::string place, std::string message) {
        problems.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
    };
    const QueueSettings settings = settingsOf(setup.properties);
    if (const auto name = setup.properties.find("QueueName"); name != setup.properties.end()) {
        const bool namedFifo = name->get<std::string>().ends_with(".fifo");
        if (settings.fifo && !namedFifo)
            add("/QueueName", "the name of a FIFO queue ends in .fifo: add it, or take FifoQueue off");
        if (!settings.fifo && namedFifo)
            add("/QueueName", "only the name of a FIFO queue ends in .fifo: set FifoQueue, or choose another name");
    }
    if (settings.highThroughput && !settings.deduplicatePerGroup)
        add("/FifoThroughputLimit",
            "perMessageGroupId (high throughput) is possible only with DeduplicationScope messageGroup");
    const bool hasTarget =
        std::ranges::any_of(setup.outputs, [](const EdgeInfo& edge) { return edge.fromPort == "deadLetters"; });
    const bool hasArn = setup.properties.contains(Json::json_pointer("/RedrivePolicy/deadLetterTargetArn"));
    if (settings.maxReceiveCount > 0 && !hasTarget && !hasArn)
        add("/RedrivePolicy",
            "a redrive policy needs a dead-letter queue: draw an edge from the port deadLetters to it");
    if (settings.maxReceiveCount == 0 && hasTarget)
        add("", "the edge at the port deadLetters needs a RedrivePolicy that says after how many receives a message is "
                "dead");
    return problems;
}

} // namespace streamwright::sqs
