// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens that clients get and hand back: shard iterators and the tokens of paged lists. Opaque and sealed: base64 of a
// fixed prefix and a ciphertext that tells whether it was changed. They say when they were issued; both live for 300 seconds
// of the run's time, over a restart too. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/units.h"
#include "plugins/kinesis/shard_map.h"

namespace streamwright::kinesis {

struct ShardIterator {
    std::string stream;
    Time shardCreated{}; // tells a stream of that name made later
    ShardIndex shard = 0;
    std::uint64_t position = 0;
    Time issued{};

    std::string text() const;
    // Some clients send it in quotation marks.
    static std::optional<ShardIterator> parse(std::string_view text);
};

inline constexpr std::string_view kShardsPages = "shards"; // the pages of ListShards

// Where a paged list goes on: list names which one, content what it needs.
struct PageToken {
    std::string list;
    Time issued{};
    Json content;

    std::string text() const;
    static std::optional<PageToken> parse(std::string_view list, std::string_view text);
};

} // namespace streamwright::kinesis
