// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/cloudwatch/published_metrics.h"

#include <algorithm>
#include <array>

namespace streamwright::cloudwatch {

namespace {

constexpr std::string_view kShardPrefix = "shardId-"; // a part of a stream that is no shard is a consumer

constexpr auto kKinesis = std::to_array<PublishedMetric>({
    {"GetRecords.Bytes", "Bytes"},
    {"GetRecords.IteratorAgeMilliseconds", "Milliseconds"},
    {"GetRecords.Latency", "Milliseconds"},
    {"GetRecords.Records", "Count"},
    {"GetRecords.Success", "Count"},
    {"IncomingBytes", "Bytes", Resource | Shard},
    {"IncomingRecords", "Count", Resource | Shard},
    {"IteratorAgeMilliseconds", "Milliseconds", Shard},
    {"OutgoingBytes", "Bytes", Shard},
    {"OutgoingRecords", "Count", Shard},
    {"PutRecord.Bytes", "Bytes"},
    {"PutRecord.Latency", "Milliseconds"},
    {"PutRecord.Success", "Count"},
    {"PutRecords.Bytes", "Bytes"},
    {"PutRecords.FailedRecords", "Count"},
    {"PutRecords.Latency", "Milliseconds"},
    {"PutRecords.Success", "Count"},
    {"PutRecords.SuccessfulRecords", "Count"},
    {"PutRecords.ThrottledRecords", "Count"},
    {"PutRecords.TotalRecords", "Count"},
    {"ReadProvisionedThroughputExceeded", "Count", Resource | Shard},
    {"SubscribeToShard.RateExceeded", "Count", Consumer},
    {"SubscribeToShard.Success", "Count", Consumer},
    {"SubscribeToShardEvent.Bytes", "Bytes", Consumer},
    {"SubscribeToShardEvent.MillisBehindLatest", "Milliseconds", Consumer},
    {"SubscribeToShardEvent.Records", "Count", Consumer},
    {"SubscribeToShardEvent.Success", "Count", Consumer},
    {"WriteProvisionedThroughputExceeded", "Count", Resource | Shard},
});

constexpr auto kFirehose = std::to_array<PublishedMetric>({
    {"BackupToS3.Bytes", "Bytes"},
    {"BackupToS3.DataFreshness", "Seconds"},
    {"BackupToS3.Records", "Count"},
    {"BackupToS3.Success", "Count"},
    {"BytesPerSecondLimit", "Bytes/Second"},
    {"DataReadFromKinesisStream.Bytes", "Bytes"},
    {"DataReadFromKinesisStream.Records", "Count"},
    {"DeliveryToS3.Bytes", "Bytes"},
    {"DeliveryToS3.DataFreshness", "Seconds"},
    {"DeliveryToS3.ObjectCount", "Count"},
    {"DeliveryToS3.Records", "Count"},
    {"DeliveryToS3.Success", "Count"},
    {"IncomingBytes", "Bytes"},
    {"IncomingPutRequests", "Count"},
    {"IncomingRecords", "Count"},
    {"KinesisMillisBehindLatest", "Milliseconds"},
    {"PartitionCount", "Count"},
    {"PartitionCountExceeded", "Count"},
    {"PutRecord.Bytes", "Bytes"},
    {"PutRecord.Requests", "Count"},
    {"PutRecordBatch.Bytes", "Bytes"},
    {"PutRecordBatch.Records", "Count"},
    {"PutRecordBatch.Requests", "Count"},
    {"PutRequestsPerSecondLimit", "Count/Second"},
    {"RecordsPerSecondLimit", "Count/Second"},
    {"ThrottledRecords", "Count"},
});

constexpr auto kSqs = std::to_array<PublishedMetric>({
    {"ApproximateAgeOfOldestMessage", "Seconds"},
    {"ApproximateNumberOfGroupsWithInflightMessages", "Count"},
    {"ApproximateNumberOfMessagesDelayed", "Count"},
    {"ApproximateNumberOfMessagesNotVisible", "Count"},
    {"ApproximateNumberOfMessagesVisible", "Count"},
    {"NumberOfDeduplicatedSentMessages", "Count"},
    {"NumberOfEmptyReceives", "Count"},
    {"NumberOfMessagesDeleted", "Count"},
    {"NumberOfMessagesReceived", "Count"},
    {"NumberOfMessagesSent", "Count"},
    {"SentMessageSize", "Bytes"},
});

constexpr auto kPublishers = std::to_array<Publisher>({
    {"AWS::KinesisFirehose::DeliveryStream", "AWS/Firehose", "DeliveryStreamName", kFirehose},
    {"AWS::Kinesis::Stream", "AWS/Kinesis", "StreamName", kKinesis},
    {"AWS::SQS::Queue", "AWS/SQS", "QueueName", kSqs},
});

const PublishedMetric* metricOf(const Publisher& publisher, std::string_view name)
{
    const auto& metrics = publisher.metrics;
    const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const auto& m) { return m.name == name; });
    return found == metrics.end() ? nullptr : &*found;
}

By byOf(std::string_view part) { return part.empty() ? Resource : part.starts_with(kShardPrefix) ? Shard : Consumer; }

std::vector<Dimension> dimensionsOf(const Publisher& publisher, const std::string& resource, const std::string& part)
{
    std::vector<Dimension> dimensions{{std::string(publisher.dimension), resource}};
    if (!part.empty()) dimensions.push_back({byOf(part) == Shard ? "ShardId" : "ConsumerName", part});
    std::sort(dimensions.begin(), dimensions.end());
    return dimensions;
}

} // namespace

std::span<const Publisher> publishers() { return kPublishers; }

std::optional<Series> findSeries(const api::Host& host, const MetricName& wanted)
{
    for (const Publisher& publisher : kPublishers) {
        if (publisher.nameSpace != wanted.nameSpace) continue;
        const PublishedMetric* metric = metricOf(publisher, wanted.name);
        if (!metric || wanted.dimensions.empty() || wanted.dimensions.size() > 2) return std::nullopt;
        std::string resource, part;
        for (const Dimension& dimension : wanted.dimensions)
            (dimension.name == publisher.dimension ? resource : part) = dimension.value;
        const std::string node = host.nodeOf(publisher.kind, resource);
        if (node.empty() || !(metric->by & byOf(part))) return std::nullopt;
        if (dimensionsOf(publisher, resource, part) != wanted.dimensions) return std::nullopt;
        return Series{wanted, metric->unit, {node, part, wanted.name}};
    }
    return std::nullopt;
}

std::vector<Series> allSeries(const api::Host& host, std::string_view nameSpace)
{
    std::vector<Series> all;
    for (const Publisher& publisher : kPublishers) {
        if (!nameSpace.empty() && publisher.nameSpace != nameSpace) continue;
        for (const auto& resource : host.all(publisher.kind)) {
            const std::string& name = resource->name();
            for (MetricId& id : host.metrics().idsOf(host.nodeOf(publisher.kind, name))) {
                const PublishedMetric* metric = metricOf(publisher, id.name);
                if (!metric || !(metric->by & byOf(id.part))) continue;
                MetricName known{std::string(publisher.nameSpace), id.name, dimensionsOf(publisher, name, id.part)};
                all.push_back({std::move(known), metric->unit, std::move(id)});
            }
        }
    }
    return all;
}

} // namespace streamwright::cloudwatch
