// SPDX-License-Identifier: GPL-3.0-or-later
// Where a reader begins: the four members that GetShardIterator and SubscribeToShard have for it, checked. Any thread.
#pragma once

#include <variant>

#include "core/api/service.h"
#include "plugins/kinesis/stream.h"

namespace streamwright::kinesis {

struct WantedStart {
    std::string_view action; // of the API, for the messages
    std::string_view stream;
    std::string_view type; // "TRIM_HORIZON" ...
    std::string_view sequenceNumber; // may be empty
    const api::Value* timestamp = nullptr; // may be null
};

// A position in the shard's log.
std::variant<std::uint64_t, api::ApiError> startPosition(const api::Call& call, const Stream& stream, const Shard& shard,
                                                         const WantedStart& wanted);

} // namespace streamwright::kinesis
