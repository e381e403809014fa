// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/service.h"

#include "core/api/control_rates.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/errors.h"
#include "plugins/kinesis/api/tokens.h"

namespace streamwright::kinesis {

std::string_view shapesText();

namespace {

// The stream that a request names, in whatever way; "" when it names none.
std::string streamOf(const api::Call& call)
{
    const api::Value& in = call.input();
    if (in.has("StreamName")) return std::string(in.string("StreamName"));
    if (in.has("StreamARN")) return std::string(streamOfArn(in.string("StreamARN")));
    if (in.has("ConsumerARN")) return std::string(streamOfArn(in.string("ConsumerARN")));
    const auto page = PageToken::parse(kShardsPages, in.string("NextToken"));
    return page ? page->content.at("stream").get<std::string>() : "";
}

api::ApiError rateExceeded(const api::Call& call)
{
    const std::string stream = streamOf(call);
    return limitExceeded("Rate exceeded for " +
                         (stream.empty() ? "account " + call.caller().account : ofAccount(call, stream)) + ".");
}

// Calls a second (spec: kinesis-data-streams.md, section 2).
template <auto kAction, std::uint64_t kPerSecond>
constexpr auto accountRate = api::limited<kAction, kPerSecond, rateExceeded>;
template <auto kAction, std::uint64_t kPerSecond>
constexpr auto streamRate = api::limited<kAction, kPerSecond, rateExceeded, streamOf>;

} // namespace

api::Service kinesisService()
{
    using enum api::Action::Effect;
    api::Service service;
    service.name = "kinesis";
    service.targets = {"Kinesis_20131202"};
    service.cbor = true;
    service.shapes = std::make_shared<const api::ShapeTable>(shapesText());
    service.actions = {
        {"AddTagsToStream", Writes, accountRate<addTagsToStream, 5>},
        {"CreateStream", Manages, accountRate<createStream, 5>},
        {"DecreaseStreamRetentionPeriod", Manages, accountRate<decreaseStreamRetentionPeriod, 5>},
        {"DeleteStream", Manages, accountRate<deleteStream, 5>},
        {"DeregisterStreamConsumer", Writes, streamRate<deregisterStreamConsumer, 5>},
        {"DescribeLimits", Reads, accountRate<describeLimits, 1>},
        {"DescribeStream", Reads, accountRate<describeStream, 10>},
        {"DescribeStreamConsumer", Reads, streamRate<describeStreamConsumer, 20>},
        {"DescribeStreamSummary", Reads, accountRate<describeStreamSummary, 20>},
        {"DisableEnhancedMonitoring", Writes, accountRate<disableEnhancedMonitoring, 5>},
        {"EnableEnhancedMonitoring", Writes, accountRate<enableEnhancedMonitoring, 5>},
        {"GetRecords", Reads, getRecords},
        {"GetShardIterator", Reads, getShardIterator},
        {"IncreaseStreamRetentionPeriod", Manages, accountRate<increaseStreamRetentionPeriod, 5>},
        {"ListShards", Reads, streamRate<listShards, 1000>},
        {"ListStreamConsumers", Reads, streamRate<listStreamConsumers, 5>},
        {"ListStreams", Reads, accountRate<listStreams, 5>},
        {"ListTagsForResource", Reads, listTagsForResource},
        {"ListTagsForStream", Reads, accountRate<listTagsForStream, 5>},
        {"MergeShards", Manages, accountRate<mergeShards, 5>},
        {"PutRecord", Writes, putRecord},
        {"PutRecords", Writes, putRecords},
        {"RegisterStreamConsumer", Writes, accountRate<registerStreamConsumer, 5>},
        {"RemoveTagsFromStream", Writes, accountRate<removeTagsFromStream, 5>},
        {"SplitShard", Manages, accountRate<splitShard, 5>},
        {"StartStreamEncryption", Writes, startStreamEncryption},
        {"StopStreamEncryption", Writes, stopStreamEncryption},
        {"SubscribeToShard", Reads, subscribeToShard},
        {"TagResource", Writes, tagResource},
        {"UntagResource", Writes, untagResource},
        {"UpdateMaxRecordSize", Manages, updateMaxRecordSize},
        {"UpdateShardCount", Manages, accountRate<updateShardCount, 10>},
        {"UpdateStreamMode", Manages, updateStreamMode},
    };
    return service;
}

} // namespace streamwright::kinesis
