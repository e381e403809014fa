// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/attribute_output.h"

#include <algorithm>
#include <array>

#include "plugins/sqs/api/dead_letter_links.h"
#include "plugins/sqs/api/redrive_policy.h"

namespace streamwright::sqs {

namespace {

constexpr std::array<std::string_view, 21> kNames = {"Policy",
                                                     "VisibilityTimeout",
                                                     "MaximumMessageSize",
                                                     "MessageRetentionPeriod",
                                                     "ApproximateNumberOfMessages",
                                                     "ApproximateNumberOfMessagesNotVisible",
                                                     "CreatedTimestamp",
                                                     "LastModifiedTimestamp",
                                                     "QueueArn",
                                                     "ApproximateNumberOfMessagesDelayed",
                                                     "DelaySeconds",
                                                     "ReceiveMessageWaitTimeSeconds",
                                                     "RedrivePolicy",
                                                     "FifoQueue",
                                                     "ContentBasedDeduplication",
                                                     "KmsMasterKeyId",
                                                     "KmsDataKeyReusePeriodSeconds",
                                                     "DeduplicationScope",
                                                     "FifoThroughputLimit",
                                                     "RedriveAllowPolicy",
                                                     "SqsManagedSseEnabled"};

std::string secondsText(Duration d) { return std::to_string(std::chrono::floor<std::chrono::seconds>(d).count()); }
std::string secondsText(Time t) { return secondsText(t.time_since_epoch()); }

} // namespace

bool isQueueAttribute(std::string_view name) { return std::ranges::find(kNames, name) != kNames.end(); }

QueueAttributes queueAttributes(const api::Call& call, const QueueResource& queue)
{
    const QueueFacts facts = queue.facts();
    const QueueSettings settings = queue.queue().settings();
    const QueueCounts counts = queue.queue().counts(call.now());
    QueueAttributes all = facts.attributes;
    all.try_emplace("SqsManagedSseEnabled", "true");
    all["ApproximateNumberOfMessages"] = std::to_string(counts.visible);
    all["ApproximateNumberOfMessagesNotVisible"] = std::to_string(counts.notVisible);
    all["ApproximateNumberOfMessagesDelayed"] = std::to_string(counts.delayed);
    all["CreatedTimestamp"] = secondsText(facts.created);
    all["LastModifiedTimestamp"] = secondsText(facts.modified);
    all["QueueArn"] = queueArn(call.caller(), queue.name());
    all["DelaySeconds"] = secondsText(settings.delay);
    all["MaximumMessageSize"] = std::to_string(settings.maximumMessageSize.value());
    all["MessageRetentionPeriod"] = secondsText(settings.retention);
    all["ReceiveMessageWaitTimeSeconds"] = secondsText(settings.receiveWait);
    all["VisibilityTimeout"] = secondsText(settings.visibilityTimeout);
    if (settings.maxReceiveCount > 0)
        if (const std::string target = deadLetterTarget(call.host(), queue); !target.empty())
            all["RedrivePolicy"] = redrivePolicyText(queueArn(call.caller(), target), settings.maxReceiveCount);
    if (settings.fifo) {
        all["FifoQueue"] = "true";
        all["ContentBasedDeduplication"] = settings.contentBasedDeduplication ? "true" : "false";
        all["DeduplicationScope"] = settings.deduplicatePerGroup ? "messageGroup" : "queue";
        all["FifoThroughputLimit"] = settings.highThroughput ? "perMessageGroupId" : "perQueue";
    }
    return all;
}

} // namespace streamwright::sqs
