// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream_browser.h"

#include <cstdio>

#include "core/record/attributes.h"
#include "plugins/kinesis/sequence_number.h"
#include "plugins/kinesis/shard_load.h"
#include "plugins/kinesis/shard_view.h"

namespace streamwright::kinesis {

namespace {

double shareOf(const HashRange& range)
{
    return (static_cast<double>(range.end - range.start) + 1) / (static_cast<double>(kUint128Max) + 1);
}

std::string labelOf(const ShardInfo& info)
{
    char text[64];
    const double whole = static_cast<double>(kUint128Max) / 100;
    std::snprintf(text, sizeof text, "hash keys %.3g .. %.3g %%", static_cast<double>(info.range.start) / whole,
                  static_cast<double>(info.range.end) / whole);
    return info.open() ? text : std::string(text) + ", closed";
}

} // namespace

StreamBrowser::StreamBrowser(std::shared_ptr<Stream> stream, std::shared_ptr<PutMetrics> metrics,
                             std::shared_ptr<BrowseGate> gate)
    : stream_(std::move(stream)),
      metrics_(std::move(metrics)),
      gate_(std::move(gate))
{
}

// The open shards in the order of their ranges, then the closed ones.
std::vector<BrowsePart> StreamBrowser::parts() const
{
    const ShardMap map = stream_->shardMap();
    std::vector<const ShardInfo*> order;
    for (const ShardIndex index : map.open())
        order.push_back(map.find(index));
    for (const ShardInfo& info : map.shards())
        if (!info.open()) order.push_back(&info);
    std::vector<BrowsePart> parts;
    for (const ShardInfo* info : order) {
        const auto shard = stream_->shard(info->index);
        if (!shard) continue;
        BrowsePart part{.name = info->id(), .label = labelOf(*info), .open = info->open(), .opened = info->created};
        part.closed = info->closed.value_or(kNever);
        for (const auto& parent : {info->parent, info->adjacentParent})
            if (parent) part.parents.push_back(shardIdOf(*parent));
        part.first = shard->log().first();
        part.next = shard->log().next();
        part.records = part.next - part.first;
        part.share = shareOf(info->range);
        parts.push_back(std::move(part));
    }
    return parts;
}

std::shared_ptr<const BrowseView> StreamBrowser::view(const std::string& part, Time now) const
{
    const Time horizon = now - stream_->settings().retention;
    const ShardMap map = stream_->shardMap();
    std::vector<ShardSpan> spans;
    for (const ShardInfo& info : map.shards())
        if (part.empty() || info.id() == part)
            if (auto shard = stream_->shard(info.index))
                spans.push_back(shardSpan(std::move(shard), info.created, horizon));
    return std::make_shared<ShardView>(std::move(spans));
}

Result<BrowseSent> StreamBrowser::send(const BrowseSend& wanted, Time now)
{
    AttributeList attributes;
    for (const auto& [name, value] : wanted.attributes)
        attributes.emplace_back(name, value);
    const std::string extra = encodeAttributes(attributes);
    const Record record{wanted.key, wanted.data, extra, now, 0};
    return gate_->act([&]() -> Result<BrowseSent> {
        const auto put = stream_->put(now, std::span(&record, 1));
        if (!put) {
            metrics_->recordRefusal(1);
            return put.problem();
        }
        metrics_->record(1, *put);
        const PutEntry& entry = put->entries.front();
        const std::string id = shardIdOf(entry.shard);
        if (entry.status == PutStatus::Throttled)
            return Problem{ProblemCode::LimitExceeded,
                           "ProvisionedThroughputExceededException: " + id +
                               " is at its limit of 1,000 records or 1 MiB a second; try again",
                           ""};
        if (entry.status == PutStatus::Failed)
            return Problem{ProblemCode::Io, "InternalFailure: the record could not be stored", ""};
        const ShardMap map = stream_->shardMap();
        const ShardInfo* info = map.find(entry.shard);
        return BrowseSent{id, SequenceNumber{info ? info->created : Time{}, entry.shard, entry.sequence, now}.text()};
    });
}

Result<LoadExplanation> StreamBrowser::explainLoad(const std::string& part, Time from, Time to) const
{
    const ShardMap map = stream_->shardMap();
    if (part.empty()) {
        std::vector<std::shared_ptr<Shard>> open;
        for (const ShardIndex index : map.open())
            if (auto shard = stream_->shard(index)) open.push_back(std::move(shard));
        return explainStream(open, from, to);
    }
    const auto index = parseShardId(part);
    const ShardInfo* info = index ? map.find(*index) : nullptr;
    const auto shard = info ? stream_->shard(*index) : nullptr;
    if (!shard) return Problem{ProblemCode::NotFound, "there is no shard " + part + " any more", ""};
    return explainShard(*shard, *info, from, to);
}

} // namespace streamwright::kinesis
