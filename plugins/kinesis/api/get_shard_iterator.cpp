// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/start_position.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tokens.h"

namespace streamwright::kinesis {

api::Outcome getShardIterator(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Records);
    if (!use) return use.error();
    const api::Value& in = call.input();
    const std::string_view shardId = in.string("ShardId");
    const auto index = parseShardId(shardId);
    const auto shard = index ? use.stream().shard(*index) : nullptr;
    if (!shard) return shardDoesNotExist(call, use.name(), shardId);
    const WantedStart start{"GetShardIterator", use.name(), in.string("ShardIteratorType"),
                            in.string("StartingSequenceNumber"), in.find("Timestamp")};
    const auto position = startPosition(call, use.stream(), *shard, start);
    if (const auto* error = std::get_if<api::ApiError>(&position)) return *error;
    const ShardIterator iterator{use.name(), shard->created(), *index, std::get<std::uint64_t>(position), call.now()};
    out.beginMap();
    out.member("ShardIterator", iterator.text());
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
