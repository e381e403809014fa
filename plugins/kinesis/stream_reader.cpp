// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream_reader.h"

#include <algorithm>
#include <charconv>

namespace streamwright::kinesis {

namespace {

constexpr Duration kSaveEvery = seconds(1);

std::string consumerNameOf(const EdgeInfo& edge)
{
    const std::string given = edge.properties.value("ConsumerName", "");
    return given.empty() ? edge.toNode : given;
}

} // namespace

StreamReader::StreamReader(Context& context, Stream& stream, Outlet& outlet)
    : stream_(stream),
      outlet_(outlet),
      fanOut_(outlet.edge().properties.at("EnhancedFanOut").get<bool>()),
      poll_(milliseconds(outlet.edge().properties.at("PollMilliseconds").get<std::int64_t>())),
      consumer_(consumerNameOf(outlet.edge())),
      checkpointPrefix_("checkpoint/" + context.nodeId() + "/" + outlet.edge().toNode + "." + outlet.edge().toPort +
                        "/")
{
    const auto metric = [&](const char* pushed, const char* polled) -> Metric* {
        return &(fanOut_ ? context.metric(pushed, consumer_) : context.metric(polled));
    };
    metrics_.bytes = metric("SubscribeToShardEvent.Bytes", "GetRecords.Bytes");
    metrics_.records = metric("SubscribeToShardEvent.Records", "GetRecords.Records");
    metrics_.success = metric("SubscribeToShardEvent.Success", "GetRecords.Success");
    metrics_.age = metric("SubscribeToShardEvent.MillisBehindLatest", "GetRecords.IteratorAgeMilliseconds");
    metrics_.consumerAge = fanOut_ ? nullptr : &context.metric("GetRecords.IteratorAgeMilliseconds", consumer_);
    metrics_.throttled = fanOut_ ? nullptr : &context.metric("ReadProvisionedThroughputExceeded");
    metrics_.lost = &context.metric("ExpiredUnreadRecords");
}

std::string StreamReader::checkpointKey(ShardIndex index) const { return checkpointPrefix_ + shardIdOf(index); }

Time StreamReader::step(Context& context)
{
    if (!outlet_.subscription()) return kNever;
    takeReceipts();
    Time next = kNever;
    do {
        refreshLanes(context);
        next = kNever;
        for (auto& [index, lane] : lanes_)
            next = std::min(next, stepLane(context, index, lane));
    } while (laneFinished_); // a finished parent may let its children begin
    if (context.store().durable() && context.now() >= nextSave_) saveCheckpoints(context);
    return next;
}

void StreamReader::takeReceipts()
{
    for (const Receipt& receipt : outlet_.takeReceipts()) {
        const auto sent = sentTo_.find(receipt.delivery);
        CHECK(sent != sentTo_.end());
        const auto lane = lanes_.find(sent->second);
        sentTo_.erase(sent);
        if (lane != lanes_.end()) takeReceipt(lane->second, receipt);
    }
}

void StreamReader::takeReceipt(LaneState& lane, const Receipt& receipt)
{
    const auto found = std::find_if(lane.pending.begin(), lane.pending.end(),
                                    [&](const Pending& pending) { return pending.id == receipt.delivery; });
    if (found == lane.pending.end()) return; // of a delivery that was to be repeated
    if (receipt.outcome == Outcome::Throttled) { // to be delivered again, and all behind it
        lane.position = found->from;
        lane.fetched = {};
        lane.fetchedAt = 0;
        lane.atEnd = false;
        lane.pending.erase(found, lane.pending.end());
    } else {
        found->done = true;
    }
    while (!lane.pending.empty() && lane.pending.front().done) {
        lane.checkpoint = lane.pending.front().next;
        lane.saved = false;
        lane.pending.pop_front();
    }
    if (lane.finished()) laneFinished_ = true;
}

bool StreamReader::parentsFinished(const ShardMap& map, const ShardInfo& info) const
{
    for (const auto& parent : {info.parent, info.adjacentParent}) {
        if (!parent || !map.find(*parent)) continue; // none, or expired
        const auto lane = lanes_.find(*parent);
        if (lane == lanes_.end() || !lane->second.finished()) return false;
    }
    return true;
}

void StreamReader::refreshLanes(Context& context)
{
    const std::uint64_t generation = stream_.generation();
    if (generation == generation_ && !laneFinished_) return;
    const bool first = generation_ == 0;
    generation_ = generation;
    laneFinished_ = false;
    const ShardMap map = stream_.shardMap();
    const auto kind = outlet_.subscription()->start.kind;
    for (const ShardInfo& info : map.shards()) {
        if (lanes_.contains(info.index)) continue;
        // A reader that begins at the tip or at a time does not wait for shards that lie before its start.
        const bool skipsHistory = first && kind != StartPosition::Kind::TrimHorizon;
        if (skipsHistory || parentsFinished(map, info)) addLane(context, info);
    }
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
        if (map.find(lane->first)) {
            ++lane;
            continue;
        }
        context.store().erase(checkpointKey(lane->first));
        lane = lanes_.erase(lane);
    }
}

void StreamReader::addLane(Context& context, const ShardInfo& info)
{
    LaneState lane;
    lane.shard = stream_.shard(info.index);
    if (!lane.shard) return;
    lane.nextPoll = context.now();
    const ShardLog& log = lane.shard->log();
    const StartPosition& start = outlet_.subscription()->start;
    const bool child = (info.parent && lanes_.contains(*info.parent)) ||
                       (info.adjacentParent && lanes_.contains(*info.adjacentParent));
    const bool parentRead =
        child && std::all_of(lanes_.begin(), lanes_.end(), [&](const auto& entry) {
            return (entry.first != info.parent && entry.first != info.adjacentParent) || entry.second.finished();
        });
    if (const auto stored = context.store().get(checkpointKey(info.index))) {
        std::from_chars(stored->data(), stored->data() + stored->size(), lane.position);
    } else if (parentRead || start.kind == StartPosition::Kind::TrimHorizon) {
        lane.shard->expire(context.now());
        lane.position = parentRead ? 0 : log.first();
    } else if (start.kind == StartPosition::Kind::AtTime && start.time <= context.now()) {
        lane.position = log.positionAt(start.time);
    } else {
        lane.position = log.next();
    }
    lane.atEnd = !info.open() && lane.position == log.next();
    lane.checkpoint = lane.position;
    lane.saved = false;
    lanes_.emplace(info.index, std::move(lane));
}

Time StreamReader::stepLane(Context& context, ShardIndex index, LaneState& lane)
{
    const Time now = context.now();
    while (!lane.atEnd || lane.hasFetched()) {
        if (!outlet_.mayStart(index)) return kNever; // a receipt will wake us
        if (lane.hasFetched()) {
            handOver(context, index, lane);
            continue;
        }
        if (fanOut_) {
            if (lane.shard->log().next() == lane.position && !lane.shard->closed()) return kNever; // a put will wake us
            if (!fetch(context, index, lane)) return now + milliseconds(10);
        } else {
            if (now < lane.nextPoll) return lane.nextPoll;
            lane.nextPoll = now + poll_;
            if (!fetch(context, index, lane)) return lane.nextPoll;
        }
        if (lane.finished()) laneFinished_ = true;
    }
    return kNever;
}

bool StreamReader::fetch(Context& context, ShardIndex index, LaneState& lane)
{
    GetResult result = fanOut_
                           ? lane.shard->pushRecords(context.now(), lane.position, kGetRecordsMostRecords, lane.budget)
                           : lane.shard->getRecords(context.now(), lane.position, kGetRecordsMostRecords);
    if (result.throttled) {
        if (!fanOut_) {
            metrics_.throttled->record(1);
            metrics_.success->record(0);
            shardMetrics(context, index).throttled->record(1);
        }
        return false;
    }
    recordFetch(context, index, result);
    if (result.expired > 0) {
        lane.lost += result.expired;
        metrics_.lost->record(static_cast<double>(result.expired));
        context.metric("ExpiredUnreadRecords", consumer_).record(static_cast<double>(result.expired));
        context.lost(result.expired, "retention");
        context.report(Severity::Warning,
                       consumer_ + " lost " + std::to_string(result.expired) + " records of " + shardIdOf(index) +
                           " to the retention period before it read them; read sooner or raise RetentionPeriodHours");
    }
    lane.position = result.read.next;
    lane.atEnd = result.atEnd;
    lane.fetched = std::move(result.read);
    lane.fetchedAt = 0;
    return true;
}

void StreamReader::recordFetch(Context& context, ShardIndex index, const GetResult& result)
{
    const auto bytes = static_cast<double>(result.read.bytes.value());
    const auto count = static_cast<double>(result.read.records.size());
    const double age =
        result.read.records.empty() ? 0 : inMilliseconds(context.now() - result.read.records.back().time);
    metrics_.bytes->record(bytes);
    metrics_.records->record(count);
    metrics_.success->record(1);
    metrics_.age->record(fanOut_ ? inMilliseconds(result.behind) : age);
    if (metrics_.consumerAge) metrics_.consumerAge->record(age);
    if (metrics_.throttled) metrics_.throttled->record(0);
    if (result.read.records.empty()) return;
    ShardMetrics& shard = shardMetrics(context, index);
    shard.outgoingBytes->record(bytes);
    shard.outgoingRecords->record(count);
    shard.iteratorAge->record(age);
}

void StreamReader::handOver(Context& context, ShardIndex index, LaneState& lane)
{
    const std::size_t left = lane.fetched.records.size() - lane.fetchedAt;
    const std::size_t size = std::min(left, outlet_.subscription()->window.recordsPerBatch);
    BatchBuilder batch(size);
    for (std::size_t i = 0; i < size; ++i)
        batch.view(lane.fetched.records[lane.fetchedAt + i]);
    for (const auto& owner : lane.fetched.owners)
        batch.keep(owner);
    const Record& last = lane.fetched.records[lane.fetchedAt + size - 1];
    const std::uint64_t from = lane.fetched.records[lane.fetchedAt].sequence;
    lane.fetchedAt += size;
    Backlog behind;
    behind.records = lane.shard->log().next() - (last.sequence + 1);
    if (behind.records > 0) behind.age = context.now() - last.time;
    const DeliveryId id = outlet_.send(batch.build(), index, behind, std::exchange(lane.lost, 0));
    lane.pending.push_back({id, from, last.sequence + 1});
    sentTo_.emplace(id, index);
    if (!lane.hasFetched()) {
        lane.fetched = {};
        lane.fetchedAt = 0;
    }
}

StreamReader::ShardMetrics& StreamReader::shardMetrics(Context& context, ShardIndex index)
{
    const auto found = shardMetrics_.find(index);
    if (found != shardMetrics_.end()) return found->second;
    const std::string id = shardIdOf(index);
    const ShardMetrics made{&context.metric("OutgoingBytes", id), &context.metric("OutgoingRecords", id),
                            &context.metric("IteratorAgeMilliseconds", id),
                            &context.metric("ReadProvisionedThroughputExceeded", id)};
    return shardMetrics_.emplace(index, made).first->second;
}

void StreamReader::saveCheckpoints(Context& context)
{
    nextSave_ = context.now() + kSaveEvery;
    for (auto& [index, lane] : lanes_) {
        if (lane.saved) continue;
        context.store().put(checkpointKey(index), std::to_string(lane.checkpoint));
        lane.saved = true;
    }
}

} // namespace streamwright::kinesis
