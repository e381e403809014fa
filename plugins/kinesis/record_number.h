// SPDX-License-Identifier: GPL-3.0-or-later
// Between a record's position in its shard's log and its sequence number. Numbers in a shard: its starting number (counter
// 0), its records (position + 1), its ending number. A number between two records' stands for the place between them. Pure
// functions; any thread.
#pragma once

#include "core/log/shard_log.h"
#include "plugins/kinesis/sequence_number.h"
#include "plugins/kinesis/shard_map.h"

namespace streamwright::kinesis {

inline SequenceNumber recordNumber(Time shardCreated, ShardIndex shard, std::uint64_t position, Time arrival)
{
    return {shardCreated, shard, position + 1, arrival};
}
SequenceNumber startingNumber(const ShardInfo& shard);
SequenceNumber endingNumber(const ShardInfo& shard); // of a closed one
// Behind everything before the position that has come until now, before what comes there: reading AT and AFTER it goes on at
// the position.
SequenceNumber resumingNumber(Time shardCreated, ShardIndex shard, std::uint64_t position, Time now);

// Where the first record stands whose number is at (or only after) that number; nothing for a number that the shard has not
// come to.
std::optional<std::uint64_t> positionOf(const SequenceNumber& number, bool after, const ShardLog& log);

} // namespace streamwright::kinesis
