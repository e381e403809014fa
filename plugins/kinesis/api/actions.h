// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the Kinesis API, each in the file of its name; the table of them is service.cpp.
#pragma once

#include "core/api/service.h"

namespace streamwright::kinesis {

api::Outcome addTagsToStream(api::Call& call, api::Writer& out);
api::Outcome createStream(api::Call& call, api::Writer& out);
api::Outcome decreaseStreamRetentionPeriod(api::Call& call, api::Writer& out);
api::Outcome deleteStream(api::Call& call, api::Writer& out);
api::Outcome deregisterStreamConsumer(api::Call& call, api::Writer& out);
api::Outcome describeLimits(api::Call& call, api::Writer& out);
api::Outcome describeStream(api::Call& call, api::Writer& out);
api::Outcome describeStreamConsumer(api::Call& call, api::Writer& out);
api::Outcome describeStreamSummary(api::Call& call, api::Writer& out);
api::Outcome disableEnhancedMonitoring(api::Call& call, api::Writer& out);
api::Outcome enableEnhancedMonitoring(api::Call& call, api::Writer& out);
api::Outcome getRecords(api::Call& call, api::Writer& out);
api::Outcome getShardIterator(api::Call& call, api::Writer& out);
api::Outcome increaseStreamRetentionPeriod(api::Call& call, api::Writer& out);
api::Outcome listShards(api::Call& call, api::Writer& out);
api::Outcome listStreamConsumers(api::Call& call, api::Writer& out);
api::Outcome listStreams(api::Call& call, api::Writer& out);
api::Outcome listTagsForResource(api::Call& call, api::Writer& out);
api::Outcome listTagsForStream(api::Call& call, api::Writer& out);
api::Outcome mergeShards(api::Call& call, api::Writer& out);
api::Outcome putRecord(api::Call& call, api::Writer& out);
api::Outcome putRecords(api::Call& call, api::Writer& out);
api::Outcome registerStreamConsumer(api::Call& call, api::Writer& out);
api::Outcome removeTagsFromStream(api::Call& call, api::Writer& out);
api::Outcome splitShard(api::Call& call, api::Writer& out);
api::Outcome startStreamEncryption(api::Call& call, api::Writer& out);
api::Outcome stopStreamEncryption(api::Call& call, api::Writer& out);
api::Outcome subscribeToShard(api::Call& call, api::Writer& out);
api::Outcome tagResource(api::Call& call, api::Writer& out);
api::Outcome untagResource(api::Call& call, api::Writer& out);
api::Outcome updateMaxRecordSize(api::Call& call, api::Writer& out);
api::Outcome updateShardCount(api::Call& call, api::Writer& out);
api::Outcome updateStreamMode(api::Call& call, api::Writer& out);

} // namespace streamwright::kinesis
