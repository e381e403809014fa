// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/shard_map.h"

#include <algorithm>
#include <cstring>

namespace streamwright::kinesis {

namespace {

Problem notOpen(ShardIndex index)
{
    return {ProblemCode::Conflict,
            "the shard " + shardIdOf(index) + " is not open; only an open shard can be split or merged", ""};
}

std::int64_t microseconds(Time t) { return t.time_since_epoch().count(); }

} // namespace

ShardIdText::ShardIdText(ShardIndex index)
{
    std::memcpy(text_, "shardId-", 8);
    for (std::size_t i = sizeof text_; i-- > 8; index /= 10)
        text_[i] = static_cast<char>('0' + index % 10);
}

std::string shardIdOf(ShardIndex index) { return std::string(std::string_view(ShardIdText(index))); }

std::optional<ShardIndex> parseShardId(std::string_view id)
{
    constexpr std::string_view kHead = "shardId-";
    if (id.size() != kHead.size() + 12 || !id.starts_with(kHead)) return std::nullopt;
    std::uint64_t index = 0;
    for (const char c : id.substr(kHead.size())) {
        if (c < '0' || c > '9') return std::nullopt;
        index = index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (index > UINT32_MAX) return std::nullopt;
    return static_cast<ShardIndex>(index);
}

ShardMap::ShardMap(std::size_t shardCount, Time now)
{
    for (const HashRange& range : evenRanges(shardCount))
        shards_.push_back({next_++, range, std::nullopt, std::nullopt, now, std::nullopt});
    refreshOpen();
}

const ShardInfo* ShardMap::find(ShardIndex index) const
{
    const auto at = std::lower_bound(shards_.begin(), shards_.end(), index,
                                     [](const ShardInfo& shard, ShardIndex wanted) { return shard.index < wanted; });
    return at != shards_.end() && at->index == index ? &*at : nullptr;
}

std::size_t ShardMap::ownerOf(Uint128 hashKey) const
{
    // Shards mostly divide the keys evenly: where the owner stood then is where the search begins, in steps that grow.
    const auto begin = openStarts_.begin(), end = openStarts_.end();
    const Uint128 share = (hashKey >> 64) * openStarts_.size() >> 64;
    auto low = begin + static_cast<std::ptrdiff_t>(share), high = low + 1;
    for (std::ptrdiff_t step = 1; *low > hashKey; step *= 2) {
        high = low;
        low -= std::min(step, low - begin);
    }
    for (std::ptrdiff_t step = 1; high != end && *high <= hashKey; step *= 2) {
        low = high;
        high += std::min(step, end - high);
    }
    return static_cast<std::size_t>(std::upper_bound(low, high, hashKey) - begin) - 1;
}

ShardInfo* ShardMap::mutableOpen(ShardIndex index)
{
    const ShardInfo* shard = find(index);
    return shard && shard->open() ? const_cast<ShardInfo*>(shard) : nullptr;
}

ShardIndex ShardMap::addChild(HashRange range, ShardIndex parent, std::optional<ShardIndex> adjacent, Time now)
{
    shards_.push_back({next_, range, parent, adjacent, now, std::nullopt});
    return next_++;
}

void ShardMap::refreshOpen()
{
    std::vector<const ShardInfo*> sorted;
    for (const ShardInfo& shard : shards_)
        if (shard.open()) sorted.push_back(&shard);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->range.start < b->range.start; });
    open_.clear();
    openStarts_.clear();
    for (const ShardInfo* shard : sorted) {
        open_.push_back(shard->index);
        openStarts_.push_back(shard->range.start);
    }
}

Result<void> ShardMap::split(ShardIndex index, Uint128 key, Time now)
{
    ShardInfo* shard = mutableOpen(index);
    if (!shard) return notOpen(index);
    const HashRange range = shard->range;
    if (key <= range.start || key - range.start <= 1 || key >= range.end)
        return Problem{ProblemCode::InvalidInput,
                       "NewStartingHashKey " + toDecimal(key) +
                           " is not both greater than one plus the StartingHashKey " + toDecimal(range.start) +
                           " and less than the EndingHashKey " + toDecimal(range.end) + " of " + shard->id(),
                       ""};
    shard->closed = now;
    addChild({range.start, key - 1}, index, std::nullopt, now);
    addChild({key, range.end}, index, std::nullopt, now);
    refreshOpen();
    return {};
}

Result<void> ShardMap::splitInTheMiddle(ShardIndex index, Time now)
{
    const ShardInfo* shard = find(index);
    if (!shard) return notOpen(index);
    return split(index, shard->range.start + (shard->range.end - shard->range.start) / 2 + 1, now);
}

Result<void> ShardMap::merge(ShardIndex index, ShardIndex adjacent, Time now)
{
    ShardInfo* first = mutableOpen(index);
    ShardInfo* second = mutableOpen(adjacent);
    if (!first) return notOpen(index);
    if (!second) return notOpen(adjacent);
    const bool inOrder = first->range.end != kUint128Max && first->range.end + 1 == second->range.start;
    const bool reversed = second->range.end != kUint128Max && second->range.end + 1 == first->range.start;
    if (!inOrder && !reversed)
        return Problem{ProblemCode::InvalidInput,
                       "the shards " + first->id() + " and " + second->id() +
                           " are not an adjacent pair of shards eligible for merging",
                       ""};
    const HashRange range{std::min(first->range.start, second->range.start),
                          std::max(first->range.end, second->range.end)};
    first->closed = now;
    second->closed = now;
    addChild(range, index, adjacent, now);
    refreshOpen();
    return {};
}

void ShardMap::resizeTo(std::size_t shardCount, Time now)
{
    // First cut at every wanted border that falls inside an open shard, then join what lies between two of them.
    std::vector<Uint128> borders;
    for (const HashRange& range : evenRanges(shardCount)) {
        const ShardIndex owner = open_[ownerOf(range.start)];
        const HashRange whole = find(owner)->range;
        Uint128 border = range.start;
        if (border - whole.start <= 1) // too near to an edge to be cut: the edge serves
            border = whole.start;
        else if (border >= whole.end)
            border = whole.end + 1;
        else
            CHECK(split(owner, border, now));
        borders.push_back(border);
    }
    for (std::size_t i = 0; i < borders.size(); ++i) {
        const bool last = i + 1 == borders.size();
        while (true) {
            const std::size_t at = ownerOf(borders[i]);
            if (at + 1 >= open_.size() || (!last && find(open_[at + 1])->range.start >= borders[i + 1])) break;
            CHECK(merge(open_[at], open_[at + 1], now));
        }
    }
}

void ShardMap::expire(ShardIndex index)
{
    std::erase_if(shards_, [index](const ShardInfo& shard) { return shard.index == index && !shard.open(); });
}

Json ShardMap::toJson() const
{
    Json list = Json::array();
    for (const ShardInfo& shard : shards_) {
        Json out = {{"index", shard.index},
                    {"start", toDecimal(shard.range.start)},
                    {"end", toDecimal(shard.range.end)},
                    {"created", microseconds(shard.created)}};
        if (shard.parent) out["parent"] = *shard.parent;
        if (shard.adjacentParent) out["adjacentParent"] = *shard.adjacentParent;
        if (shard.closed) out["closed"] = microseconds(*shard.closed);
        list.push_back(std::move(out));
    }
    return {{"next", next_}, {"shards", list}};
}

Result<ShardMap> ShardMap::fromJson(const Json& json)
{
    ShardMap map;
    try {
        map.next_ = json.at("next").get<ShardIndex>();
        for (const Json& item : json.at("shards")) {
            ShardInfo shard;
            shard.index = item.at("index").get<ShardIndex>();
            const auto start = parseUint128(item.at("start").get<std::string>());
            const auto end = parseUint128(item.at("end").get<std::string>());
            if (!start || !end)
                return Problem{ProblemCode::Corrupt, "a hash range in the stored shard map is not a number", ""};
            shard.range = {*start, *end};
            shard.created = Time(Duration(item.at("created").get<std::int64_t>()));
            if (item.contains("parent")) shard.parent = item["parent"].get<ShardIndex>();
            if (item.contains("adjacentParent")) shard.adjacentParent = item["adjacentParent"].get<ShardIndex>();
            if (item.contains("closed")) shard.closed = Time(Duration(item["closed"].get<std::int64_t>()));
            map.shards_.push_back(shard);
        }
    } catch (const Json::exception& error) {
        return Problem{ProblemCode::Corrupt, std::string("the stored shard map cannot be read: ") + error.what(), ""};
    }
    map.refreshOpen();
    if (map.open_.empty()) return Problem{ProblemCode::Corrupt, "the stored shard map has no open shard", ""};
    return map;
}

} // namespace streamwright::kinesis
