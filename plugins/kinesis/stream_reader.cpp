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
    const StartPosition& start = outlet_.subscription()->start;
    if (start.kind == StartPosition::Kind::AtTime && start.time > context.now()) return start.time;
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
    // Only a consumer that has never read begins at its start position; one that goes on finds new shards at their start.
    if (first) resumed_ = !context.store().withPrefix(checkpointPrefix_).empty();
    const ShardMap map = stream_.shardMap();
    forgetExpired(context, map);
    const bool atTheTip = first && !resumed_ && outlet_.subscription()->start.kind == StartPosition::Kind::Latest;
    for (const ShardInfo& info : map.shards()) {
        if (lanes_.contains(info.index)) continue;
        if (!waiting_.contains(info.index)) {
            const auto shard = stream_.shard(info.index);
            if (!shard) continue;
            if (first) shard->expire(context.now());
            // What had expired before this consumer came is no loss of its; what expires from now on is.
            waiting_[info.index] = {shard, first && !resumed_ ? shard->log().first() : 0};
        }
        if (atTheTip || parentsFinished(map, info)) addLane(context, info, atTheTip);
    }
}

// Shards that left the stream with records this consumer had not read.
void StreamReader::forgetExpired(Context& context, const ShardMap& map)
{
    const auto forget = [&](ShardIndex index, const Shard& shard, std::uint64_t unreadFrom) {
        const std::uint64_t end = shard.log().next();
        if (unreadFrom < end) {
            countLost(context, index, end - unreadFrom);
            lostUntold_ += end - unreadFrom;
        }
        context.store().erase(checkpointKey(index));
    };
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
        const auto& [index, state] = *lane;
        if (map.find(index)) {
            ++lane;
            continue;
        }
        forget(index, *state.shard,
               state.hasFetched() ? state.fetched.records[state.fetchedAt].sequence : state.position);
        lane = lanes_.erase(lane);
    }
    std::erase_if(waiting_, [&](const auto& entry) {
        if (map.find(entry.first)) return false;
        forget(entry.first, *entry.second.shard, entry.second.from);
        return true;
    });
}

void StreamReader::countLost(Context& context, ShardIndex index, std::uint64_t records)
{
    metrics_.lost->record(static_cast<double>(records));
    context.metric("ExpiredUnreadRecords", consumer_).record(static_cast<double>(records));
    context.lost(records, "retention");
    context.report(Severity::Warning,
                   consumer_ + " lost " + std::to_string(records) + " records of " + shardIdOf(index) +
                       " to the retention period before it read them; read sooner or raise RetentionPeriodHours");
}

void StreamReader::addLane(Context& context, const ShardInfo& info, bool atTheTip)
{
    const Waiting waiting = waiting_.extract(info.index).mapped();
    LaneState lane;
    lane.shard = waiting.shard;
    lane.nextPoll = context.now();
    const StartPosition& start = outlet_.subscription()->start;
    if (const auto stored = context.store().get(checkpointKey(info.index))) {
        std::from_chars(stored->data(), stored->data() + stored->size(), lane.position);
    } else if (atTheTip) {
        lane.position = lane.shard->log().next();
    } else if (start.kind == StartPosition::Kind::AtTime) {
        const auto position =
            stream_.iteratorPosition(context.now(), info.index, {IteratorStart::Type::AtTimestamp, 0, start.time});
        CHECK(position); // the shard is there, and step has waited for the time
        lane.position = *position;
    } else {
        lane.position = waiting.from;
    }
    lane.atEnd = !info.open() && lane.position == lane.shard->log().next();
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
        countLost(context, index, result.expired);
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
    const DeliveryId id =
        outlet_.send(batch.build(), index, behind, std::exchange(lane.lost, 0) + std::exchange(lostUntold_, 0));
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

void StreamReader::leave(Context& context)
{
    takeReceipts();
    saveCheckpoints(context);
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
