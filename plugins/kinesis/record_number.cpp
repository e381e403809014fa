// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

constexpr std::uint64_t kEnd = INT64_MAX;

auto wholeSeconds(Time t) { return std::chrono::floor<std::chrono::seconds>(t); }

} // namespace

SequenceNumber startingNumber(const ShardInfo& shard) { return {shard.created, shard.index, 0, shard.created}; }

SequenceNumber endingNumber(const ShardInfo& shard)
{
    return {shard.created, shard.index, kEnd, shard.closed.value_or(shard.created)};
}

SequenceNumber resumingNumber(Time shardCreated, ShardIndex shard, std::uint64_t position, Time now)
{
    return {shardCreated, shard, position, now + seconds(1)};
}

std::optional<std::uint64_t> positionOf(const SequenceNumber& number, bool after, const ShardLog& log)
{
    const std::uint64_t next = log.next();
    if (number.counter == kEnd) return next;
    if (number.counter > next) return std::nullopt;
    if (number.counter == 0) return 0;
    const std::uint64_t position = number.counter - 1;
    const LogRead found = log.read(position, 1, ByteCount(1));
    if (found.first != position || found.records.empty()) return number.counter; // it has expired
    const auto arrival = wholeSeconds(found.records.front().time), wanted = wholeSeconds(number.arrival);
    const bool thatOne = after ? wanted < arrival : wanted <= arrival;
    return thatOne ? position : number.counter;
}

} // namespace streamwright::kinesis
