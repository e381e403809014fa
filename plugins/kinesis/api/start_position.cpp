// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/start_position.h"

#include "plugins/kinesis/api/errors.h"
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

using Position = std::variant<std::uint64_t, api::ApiError>;

Position fromProblem(Result<std::uint64_t> position)
{
    if (!position) return errorOf(position.problem());
    return *position;
}

Position atNumber(const api::Call& call, const Shard& shard, const WantedStart& wanted)
{
    const std::string used = "StartingSequenceNumber " + std::string(wanted.sequenceNumber) + " used in " +
                             std::string(wanted.action) + " on shard " + shardIdOf(shard.index()) + " in " +
                             ofAccount(call, wanted.stream) + " is invalid";
    const auto number = parseSequenceNumber(wanted.sequenceNumber);
    if (!number) return invalidArgument(used + ".");
    if (number->shardIndex != shard.index())
        return invalidArgument("Invalid StartingSequenceNumber. It encodes " + shardIdOf(number->shardIndex) +
                               ", while it was used in a call to a shard with " + shardIdOf(shard.index()));
    if (std::chrono::floor<std::chrono::seconds>(shard.created()) != number->shardCreated)
        return invalidArgument(used + " because it did not come from this stream.");
    const auto position = positionOf(*number, wanted.type == "AFTER_SEQUENCE_NUMBER", shard.log());
    if (!position) return invalidArgument(used + ".");
    return *position;
}

Position atTime(const api::Call& call, const Stream& stream, const Shard& shard, const WantedStart& wanted)
{
    if (!wanted.timestamp)
        return invalidArgument("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
                               "request has no timestamp parameter.");
    const Time t = wanted.timestamp->time();
    if (t > call.now())
        return invalidArgument("The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                               "timestampInMillis: " +
                               std::to_string(epochMilliseconds(t)) +
                               ", currentTimestampInMillis: " + std::to_string(epochMilliseconds(call.now())));
    return fromProblem(
        stream.iteratorPosition(call.now(), shard.index(), {IteratorStart::Type::AtTimestamp, 0, t}));
}

} // namespace

Position startPosition(const api::Call& call, const Stream& stream, const Shard& shard, const WantedStart& wanted)
{
    const bool byNumber = wanted.type.ends_with("_SEQUENCE_NUMBER");
    if (byNumber != !wanted.sequenceNumber.empty())
        return invalidArgument("Must either specify (1) AT_SEQUENCE_NUMBER and StartingSequenceNumber or (2) "
                               "AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (3) TRIM_HORIZON and no "
                               "StartingSequenceNumber or (4) LATEST and no StartingSequenceNumber or (5) AT_TIMESTAMP "
                               "and no StartingSequenceNumber. Request specified " +
                               std::string(wanted.type) + " and " + (byNumber ? "no" : "also a") +
                               " StartingSequenceNumber.");
    if (byNumber) return atNumber(call, shard, wanted);
    if (wanted.type == "AT_TIMESTAMP") return atTime(call, stream, shard, wanted);
    const auto type = wanted.type == "LATEST" ? IteratorStart::Type::Latest : IteratorStart::Type::TrimHorizon;
    return fromProblem(stream.iteratorPosition(call.now(), shard.index(), {type, 0, {}}));
}

} // namespace streamwright::kinesis
