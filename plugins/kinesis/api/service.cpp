// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/service.h"

#include "plugins/kinesis/api/actions.h"

namespace streamwright::kinesis {

std::string_view shapesText();

api::Service kinesisService()
{
    using enum api::Action::Effect;
    api::Service service;
    service.name = "kinesis";
    service.targets = {"Kinesis_20131202"};
    service.cbor = true;
    service.shapes = std::make_shared<const api::ShapeTable>(shapesText());
    service.actions = {
        {"AddTagsToStream", Writes, addTagsToStream},
        {"CreateStream", Manages, createStream},
        {"DecreaseStreamRetentionPeriod", Manages, decreaseStreamRetentionPeriod},
        {"DeleteStream", Manages, deleteStream},
        {"DeregisterStreamConsumer", Writes, deregisterStreamConsumer},
        {"DescribeLimits", Reads, describeLimits},
        {"DescribeStream", Reads, describeStream},
        {"DescribeStreamConsumer", Reads, describeStreamConsumer},
        {"DescribeStreamSummary", Reads, describeStreamSummary},
        {"DisableEnhancedMonitoring", Writes, disableEnhancedMonitoring},
        {"EnableEnhancedMonitoring", Writes, enableEnhancedMonitoring},
        {"GetRecords", Reads, getRecords},
        {"GetShardIterator", Reads, getShardIterator},
        {"IncreaseStreamRetentionPeriod", Manages, increaseStreamRetentionPeriod},
        {"ListShards", Reads, listShards},
        {"ListStreamConsumers", Reads, listStreamConsumers},
        {"ListStreams", Reads, listStreams},
        {"ListTagsForResource", Reads, listTagsForResource},
        {"ListTagsForStream", Reads, listTagsForStream},
        {"MergeShards", Manages, mergeShards},
        {"PutRecord", Writes, putRecord},
        {"PutRecords", Writes, putRecords},
        {"RegisterStreamConsumer", Writes, registerStreamConsumer},
        {"RemoveTagsFromStream", Writes, removeTagsFromStream},
        {"SplitShard", Manages, splitShard},
        {"StartStreamEncryption", Writes, startStreamEncryption},
        {"StopStreamEncryption", Writes, stopStreamEncryption},
        {"SubscribeToShard", Reads, subscribeToShard},
        {"TagResource", Writes, tagResource},
        {"UntagResource", Writes, untagResource},
        {"UpdateMaxRecordSize", Manages, updateMaxRecordSize},
        {"UpdateShardCount", Manages, updateShardCount},
        {"UpdateStreamMode", Manages, updateStreamMode},
    };
    return service;
}

} // namespace streamwright::kinesis
