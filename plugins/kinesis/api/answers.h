// SPDX-License-Identifier: GPL-3.0-or-later
// Parts that several answers have in common. Any thread.
#pragma once

#include <string_view>

#include "core/api/service.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

// The value of a member begun by the caller.
void writeShard(api::Writer& out, const ShardInfo& shard);
void writeTags(api::Writer& out, const std::map<std::string, std::string>& tags);

// Members of the structure begun by the caller.
void writeRecords(api::Writer& out, const Shard& shard, const LogRead& read, const StreamFacts& facts);
void writeChildShards(api::Writer& out, const ShardMap& map, ShardIndex parent); // none: not written
void writeMonitoring(api::Writer& out, std::string_view member, const std::vector<std::string>& metrics);
void writeEncryption(api::Writer& out, std::string_view keyId); // EncryptionType, and KeyId when there is one
void writeMode(api::Writer& out, StreamMode mode);

struct ListedConsumer {
    std::string_view stream, name;
    Time registered{};
};
void writeConsumer(api::Writer& out, const api::Call& call, const ListedConsumer& consumer, bool withStream);

// Those that have not expired, though the upkeep that forgets them may be still to come.
std::vector<ShardInfo> listedShards(const Stream& stream, Time now);

} // namespace streamwright::kinesis
