// SPDX-License-Identifier: GPL-3.0-or-later
// ShardFilter: which shards ListShards lists. A value; any thread.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/api/service.h"
#include "core/base/json.h"
#include "plugins/kinesis/shard_map.h"

namespace streamwright::kinesis {

struct ShardFilter {
    std::string type = "FROM_TRIM_HORIZON";
    std::optional<ShardIndex> after; // of AFTER_SHARD_ID
    Time at{}; // of the types with a time

    // Of a request; filter may be null.
    static std::variant<ShardFilter, api::ApiError> of(const api::Value* filter, Time now);
    bool keeps(const ShardInfo& shard, Time horizon) const;

    Json toJson() const;
    static ShardFilter fromJson(const Json& json);
};

} // namespace streamwright::kinesis
