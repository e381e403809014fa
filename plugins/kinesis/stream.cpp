// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream.h"

#include <algorithm>

#include "core/record/attributes.h"

namespace streamwright::kinesis {

namespace {

// Large records may come in a burst of their own size.
ByteCount writeBurst(ByteCount maxRecordSize) { return std::max(kWriteBytesPerSecond, maxRecordSize); }

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

Problem invalid(std::string message) { return {ProblemCode::InvalidInput, std::move(message), ""}; }

// Below this handing the records of one request out to threads costs more than it saves.
constexpr std::size_t kWorthParallel = 200;
constexpr std::size_t kTasks = 4;
// How many shards ahead of the one that is written to; an unread shard costs more time than its record.
constexpr std::size_t kShardAhead = 9, kLogAhead = 6, kTailAhead = 3;

// Where the records stand in the hash space: at most Md5Lanes::kLanes of them.
std::array<Uint128, Md5Lanes::kLanes> placesOf(std::span<const Record> records, std::span<const std::uint32_t> indices)
{
    std::array<std::string_view, Md5Lanes::kLanes> keys;
    for (std::size_t i = 0; i < indices.size(); ++i)
        keys[i] = records[indices[i]].key;
    auto places = hashKeysOf({keys.data(), indices.size()});
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const Record& record = records[indices[i]];
        if (record.extra.empty()) continue;
        if (const auto explicitKey = findAttribute(record.extra, "ExplicitHashKey"))
            places[i] = *parseUint128(*explicitKey);
    }
    return places;
}

// The indices of a request's records, grouped by the shard that owns them; order within a group is the request's.
struct Routing {
    struct Part {
        std::size_t owner;
        std::uint32_t begin, end;
    };
    std::vector<std::uint32_t> owners, starts, sorted;
    std::vector<Part> parts;

    void sortByOwner(const std::vector<std::uint32_t>& waiting, std::size_t ownerCount)
    {
        starts.assign(ownerCount + 1, 0);
        sorted.resize(waiting.size());
        for (const std::uint32_t owner : owners)
            ++starts[owner + 1];
        for (std::size_t i = 1; i < starts.size(); ++i)
            starts[i] += starts[i - 1];
        for (std::size_t i = 0; i < waiting.size(); ++i)
            sorted[starts[owners[i]]++] = waiting[i];
        parts.clear();
        std::uint32_t begin = 0; // starts[k] has moved on to the end of group k
        for (std::size_t k = 0; k < ownerCount; begin = starts[k++])
            if (starts[k] != begin) parts.push_back({k, begin, starts[k]});
    }
    std::span<const std::uint32_t> of(const Part& part) const
    {
        return {sorted.data() + part.begin, part.end - part.begin};
    }
};

// Whether one more operation fits into a number allowed in any 24 hours.
bool leftToday(std::deque<Time>& used, int allowed, Time now)
{
    while (!used.empty() && now - used.front() >= kDay)
        used.pop_front();
    return used.size() < static_cast<std::size_t>(allowed);
}

} // namespace

Stream::Stream(std::string name, StreamSettings settings, LogStore& store)
    : name_(std::move(name)),
      store_(store),
      settings_(settings)
{
}

Result<std::unique_ptr<Stream>> Stream::open(const std::string& name, const StreamSettings& settings, LogStore& store,
                                             Time now)
{
    std::unique_ptr<Stream> stream(new Stream(name, settings, store));
    const bool onDemand = settings.mode == StreamMode::OnDemand;
    ShardMap map(onDemand ? static_cast<std::size_t>(kOnDemandLeastShards) : settings.shardCount, now);
    if (const auto stored = store.get(stream->shardsKey())) {
        const auto json = parseJson(*stored);
        if (!json) return json.problem();
        auto known = ShardMap::fromJson(*json);
        if (!known) return Problem{known.problem().code, known.problem().message, name};
        map = std::move(*known);
        // What resharding made of the stream stays, unless the file wants another number than last time.
        const bool changed = store.get(stream->shardCountKey()) != std::to_string(settings.shardCount);
        if (!onDemand && changed && map.openCount() != settings.shardCount) map.resizeTo(settings.shardCount, now);
    }
    const MutexLock lock(stream->tableMutex_);
    store.put(stream->shardCountKey(), std::to_string(settings.shardCount));
    if (onDemand) stream->onDemandDue_ = now + OnDemandPolicy::kPeriod;
    if (auto installed = stream->install(std::move(map)); !installed) return installed.problem();
    return stream;
}

std::shared_ptr<const Stream::Table> Stream::table() const
{
    const MutexLock lock(tableMutex_);
    return table_;
}

Result<void> Stream::install(ShardMap map)
{
    auto made = std::make_shared<Table>();
    made->generation = table_ ? table_->generation + 1 : 1;
    for (const ShardInfo& info : map.shards()) {
        std::shared_ptr<Shard> shard;
        if (table_ && table_->all.contains(info.index)) {
            shard = table_->all.at(info.index);
            if (!info.open()) shard->close();
        } else {
            auto log = store_.log(name_ + "/" + info.id());
            if (!log) return log.problem();
            shard = std::make_shared<Shard>(info, std::move(*log), writeBurst(settings_.maxRecordSize),
                                            settings_.retention);
        }
        made->all.emplace(info.index, std::move(shard));
    }
    for (const ShardIndex index : map.open())
        made->open.push_back(made->all.at(index));
    store_.put(shardsKey(), map.toJson().dump());
    made->map = std::move(map);
    table_ = std::move(made);
    return {};
}

Result<void> Stream::checkRequest(std::span<const Record> records, ByteCount maxRecord, ByteCount maxRequest) const
{
    if (records.empty() || records.size() > kPutRecordsMostRecords)
        return invalid("a PutRecords request has 1 to 500 records, not " + std::to_string(records.size()));
    ByteCount total;
    for (const Record& record : records) {
        const ByteCount size(record.key.size() + record.data.size());
        total += size;
        if (size > maxRecord)
            return invalid("a record of " + std::to_string(size.value()) + " bytes is over the stream's limit of " +
                           std::to_string(maxRecord.value()) + " (data and partition key; raise MaxRecordSizeInKiB)");
        if (record.key.empty() ||
            (record.key.size() > kPartitionKeyMostCharacters && characters(record.key) > kPartitionKeyMostCharacters))
            return invalid("a partition key has 1 to 256 characters");
        if (const auto explicitKey = findAttribute(record.extra, "ExplicitHashKey");
            explicitKey && !parseUint128(*explicitKey))
            return invalid(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was " +
                std::string(*explicitKey));
    }
    if (total > maxRequest)
        return invalid("Records size exceeds " + std::to_string(maxRequest.value() >> 20) + " MB limit");
    return {};
}

// Sorts the waiting records by owner and offers each shard its part; those of a shard closed meanwhile stay waiting.
void Stream::route(const Table& table, Time now, std::span<const Record> records, std::vector<std::uint32_t>& waiting,
                   PutResult& result, const ParallelFor& parallelFor) const
{
    Routing routing;
    routing.owners.resize(waiting.size());
    const std::size_t tasks = waiting.size() >= kWorthParallel ? kTasks : 1;
    parallelFor(tasks, [&](std::size_t task) {
        const std::size_t end = waiting.size() * (task + 1) / tasks;
        for (std::size_t i = waiting.size() * task / tasks; i < end; i += Md5Lanes::kLanes) {
            const std::size_t count = std::min(Md5Lanes::kLanes, end - i);
            const auto places = placesOf(records, {&waiting[i], count});
            for (std::size_t k = 0; k < count; ++k)
                routing.owners[i + k] = static_cast<std::uint32_t>(table.map.ownerOf(places[k]));
        }
    });
    routing.sortByOwner(waiting, table.open.size());

    const std::size_t parts = routing.parts.size();
    std::vector<ShardTally> tallies(parts);
    std::vector<char> closed(parts, 0);
    parallelFor(std::min(tasks, parts), [&](std::size_t task) {
        const std::size_t tasksNow = std::min(tasks, parts);
        const std::size_t end = parts * (task + 1) / tasksNow;
        for (std::size_t p = parts * task / tasksNow; p < end; ++p) {
            if (p + kShardAhead < end) table.open[routing.parts[p + kShardAhead].owner]->prefetch();
            if (p + kLogAhead < end) table.open[routing.parts[p + kLogAhead].owner]->prefetchLog();
            if (p + kTailAhead < end) table.open[routing.parts[p + kTailAhead].owner]->prefetchTail();
            const Routing::Part& part = routing.parts[p];
            Shard& shard = *table.open[part.owner];
            tallies[p].shard = shard.index();
            closed[p] = !shard.put(now, records, routing.of(part), result.entries, tallies[p]);
        }
    });
    waiting.clear();
    for (std::size_t p = 0; p < parts; ++p) {
        const auto indices = routing.of(routing.parts[p]);
        if (closed[p])
            waiting.insert(waiting.end(), indices.begin(), indices.end());
        else
            result.tallies.push_back(tallies[p]);
    }
}

Result<PutResult> Stream::put(Time now, std::span<const Record> records, const ParallelFor& parallelFor)
{
    const StreamSettings current = settings();
    if (auto good = checkRequest(records, current.maxRecordSize, current.maxRequestSize); !good) return good.problem();
    PutResult result;
    result.entries.resize(records.size());
    std::vector<std::uint32_t> waiting(records.size());
    for (std::uint32_t i = 0; i < waiting.size(); ++i)
        waiting[i] = i;
    while (!waiting.empty())
        route(*table(), now, records, waiting, result, parallelFor);
    return result;
}

std::shared_ptr<Shard> Stream::shard(ShardIndex index) const
{
    const auto current = table();
    const auto found = current->all.find(index);
    return found == current->all.end() ? nullptr : found->second;
}

ShardMap Stream::shardMap() const { return table()->map; }
std::uint64_t Stream::generation() const { return table()->generation; }

Result<std::uint64_t> Stream::iteratorPosition(Time now, ShardIndex index, const IteratorStart& start) const
{
    const auto wanted = shard(index);
    if (!wanted)
        return Problem{ProblemCode::NotFound, "Shard " + shardIdOf(index) + " in stream " + name_ + " does not exist",
                       ""};
    wanted->expire(now);
    const ShardLog& log = wanted->log();
    switch (start.type) {
    case IteratorStart::Type::TrimHorizon:
        return log.first();
    case IteratorStart::Type::Latest:
        return log.next();
    case IteratorStart::Type::AtSequenceNumber:
        return start.sequence;
    case IteratorStart::Type::AfterSequenceNumber:
        return start.sequence + 1;
    case IteratorStart::Type::AtTimestamp:
        if (start.timestamp > now) return invalid("the timestamp " + isoTime(start.timestamp) + " is in the future");
        return log.positionAt(start.timestamp);
    }
    return log.first();
}

Result<void> Stream::requireProvisioned() const
{
    if (settings_.mode == StreamMode::Provisioned) return {};
    return invalid("Request is invalid. Stream " + name_ + " is in On-Demand mode.");
}

// Those that were open may have ended: outside the lock, as listeners look at the shards.
void Stream::tellOpen(const Table& before)
{
    for (const auto& shard : before.open)
        shard->tellListeners();
}

Result<void> Stream::splitShard(Time now, ShardIndex index, std::optional<Uint128> newStartingHashKey)
{
    std::shared_ptr<const Table> before;
    {
        const MutexLock lock(tableMutex_);
        if (auto may = requireProvisioned(); !may) return may;
        before = table_;
        ShardMap map = table_->map;
        auto done = newStartingHashKey ? map.split(index, *newStartingHashKey, now) : map.splitInTheMiddle(index, now);
        if (!done) return done;
        if (auto installed = install(std::move(map)); !installed) return installed;
    }
    tellOpen(*before);
    return {};
}

Result<void> Stream::mergeShards(Time now, ShardIndex index, ShardIndex adjacent)
{
    std::shared_ptr<const Table> before;
    {
        const MutexLock lock(tableMutex_);
        if (auto may = requireProvisioned(); !may) return may;
        before = table_;
        ShardMap map = table_->map;
        if (auto done = map.merge(index, adjacent, now); !done) return done;
        if (auto installed = install(std::move(map)); !installed) return installed;
    }
    tellOpen(*before);
    return {};
}

Result<void> Stream::checkResize(Time now, std::size_t target)
{
    const std::size_t open = table_->map.openCount();
    const std::size_t least = (open + 1) / 2, most = open * 2;
    if (target < least || target > most)
        return invalid("UpdateShardCount goes from " + std::to_string(open) + " open shards to between " +
                       std::to_string(least) + " and " + std::to_string(most) + " (half to double) at once, not to " +
                       std::to_string(target) + "; take several steps");
    if (target != open && !leftToday(resizes_, kMostResizesADay, now))
        return Problem{ProblemCode::LimitExceeded, "UpdateShardCount works 10 times in 24 hours for one stream", ""};
    return {};
}

Result<void> Stream::mayUpdateShardCount(Time now, std::size_t target)
{
    const MutexLock lock(tableMutex_);
    return checkResize(now, target);
}

void Stream::setDrawnShardCount(std::size_t count) { store_.put(shardCountKey(), std::to_string(count)); }

Result<void> Stream::updateShardCount(Time now, std::size_t target)
{
    std::shared_ptr<const Table> before;
    {
        const MutexLock lock(tableMutex_);
        if (auto may = requireProvisioned(); !may) return may;
        if (auto may = checkResize(now, target); !may) return may;
        settings_.shardCount = target;
        if (target == table_->map.openCount()) return {};
        resizes_.push_back(now);
        before = table_;
        ShardMap map = table_->map;
        map.resizeTo(target, now);
        if (auto installed = install(std::move(map)); !installed) return installed;
    }
    tellOpen(*before);
    return {};
}

Result<void> Stream::checkMode(Time now, StreamMode mode)
{
    if (mode == settings_.mode || leftToday(modeSwitches_, kMostModeSwitchesADay, now)) return {};
    return Problem{ProblemCode::LimitExceeded, "a stream changes its capacity mode at most twice in 24 hours", ""};
}

Result<void> Stream::mayUpdateMode(Time now, StreamMode mode)
{
    const MutexLock lock(tableMutex_);
    return checkMode(now, mode);
}

Result<void> Stream::updateMode(Time now, StreamMode mode)
{
    const MutexLock lock(tableMutex_);
    if (auto may = checkMode(now, mode); !may) return may;
    if (mode == settings_.mode) return {};
    modeSwitches_.push_back(now);
    for (const auto& shard : table_->open)
        shard->takeLoad(); // what came before says nothing about the first minute
    settings_.mode = mode;
    settings_.shardCount = table_->map.openCount(); // switching keeps the shards
    onDemand_ = {};
    onDemandDue_ = mode == StreamMode::OnDemand ? now + OnDemandPolicy::kPeriod : kNever;
    return {};
}

void Stream::setRetention(Duration retention)
{
    const MutexLock lock(tableMutex_);
    settings_.retention = retention;
    for (const auto& [index, shard] : table_->all)
        shard->setRetention(retention);
}

void Stream::setSizes(ByteCount maxRecordSize, ByteCount maxRequestSize)
{
    const MutexLock lock(tableMutex_);
    settings_.maxRecordSize = maxRecordSize;
    settings_.maxRequestSize = maxRequestSize;
    for (const auto& [index, shard] : table_->all)
        shard->setWriteBurst(writeBurst(maxRecordSize));
}

StreamSettings Stream::settings() const
{
    const MutexLock lock(tableMutex_);
    return settings_;
}

Stream::Maintenance Stream::maintain(Time now)
{
    Maintenance done;
    std::shared_ptr<const Table> before;
    {
        const MutexLock lock(tableMutex_);
        before = table_;
        if (now >= onDemandDue_) {
            onDemandDue_ = now + OnDemandPolicy::kPeriod;
            scaleOnDemand(now, done.changes);
        }
        done.next = onDemandDue_;
        expireShards(now, done);
    }
    if (!done.changes.empty()) tellOpen(*before);
    return done;
}

void Stream::expireShards(Time now, Maintenance& done)
{
    std::vector<ShardIndex> gone;
    for (const ShardInfo& info : table_->map.shards()) {
        const auto& shard = table_->all.at(info.index);
        const Time next = shard->expire(now);
        if (!info.open() && shard->log().first() == shard->log().next() && now - *info.closed >= settings_.retention)
            gone.push_back(info.index);
        else if (!info.open() && next == kNever)
            done.next = std::min(done.next, *info.closed + settings_.retention);
        done.next = std::min(done.next, next);
    }
    if (gone.empty()) return;
    ShardMap map = table_->map;
    for (const ShardIndex index : gone) {
        map.expire(index);
        done.changes.push_back(shardIdOf(index) + " has expired");
    }
    if (auto installed = install(std::move(map)); !installed) done.changes.push_back(installed.problem().text());
    for (const ShardIndex index : gone)
        if (auto removed = store_.removeLog(name_ + "/" + shardIdOf(index)); !removed)
            done.changes.push_back(removed.problem().text());
}

void Stream::scaleOnDemand(Time now, std::vector<std::string>& changes)
{
    std::vector<std::pair<ShardIndex, Shard::Load>> loads;
    for (const auto& shard : table_->open)
        loads.emplace_back(shard->index(), shard->takeLoad());
    const OnDemandPolicy::Decision decision = onDemand_.observe(now, loads);
    if (decision.split.empty() && decision.merge.empty()) return;
    ShardMap map = table_->map;
    for (const ShardIndex index : decision.split)
        if (map.splitInTheMiddle(index, now)) changes.push_back("on-demand scaling split " + shardIdOf(index));
    for (const auto& [a, b] : decision.merge)
        if (map.merge(a, b, now))
            changes.push_back("on-demand scaling merged " + shardIdOf(a) + " and " + shardIdOf(b));
    if (auto installed = install(std::move(map)); !installed) changes.push_back(installed.problem().text());
}

} // namespace streamwright::kinesis
