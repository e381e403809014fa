// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/shard_filter.h"

#include "plugins/kinesis/api/errors.h"

namespace streamwright::kinesis {

std::variant<ShardFilter, api::ApiError> ShardFilter::of(const api::Value* filter, Time now)
{
    ShardFilter made;
    if (!filter) return made;
    made.type = filter->string("Type");
    if (made.type == "AFTER_SHARD_ID") {
        if (!filter->has("ShardId"))
            return invalidArgument("ShardId must be specified in a ShardFilter of type AFTER_SHARD_ID.");
        made.after = parseShardId(filter->string("ShardId"));
        if (!made.after)
            return invalidArgument("ShardId " + std::string(filter->string("ShardId")) + " is not valid.");
    }
    if (made.type.ends_with("_TIMESTAMP")) {
        const api::Value* at = filter->find("Timestamp");
        if (!at) return invalidArgument("Timestamp must be specified in a ShardFilter of type " + made.type + ".");
        made.at = at->time();
        if (made.at > now) return invalidArgument("The Timestamp of a ShardFilter cannot be in the future.");
    }
    return made;
}

bool ShardFilter::keeps(const ShardInfo& shard, Time horizon) const
{
    if (type == "AT_LATEST") return shard.open();
    if (type == "AFTER_SHARD_ID") return shard.index > *after;
    if (type == "FROM_TRIM_HORIZON") return true;
    const Time t = type == "AT_TRIM_HORIZON" ? horizon : std::max(at, horizon);
    const bool openThen = shard.created <= t && (shard.open() || *shard.closed > t);
    return openThen || (type == "FROM_TIMESTAMP" && shard.created > t);
}

Json ShardFilter::toJson() const
{
    Json json = {{"type", type}, {"at", at.time_since_epoch().count()}};
    if (after) json["after"] = *after;
    return json;
}

ShardFilter ShardFilter::fromJson(const Json& json)
{
    ShardFilter filter;
    filter.type = json.at("type").get<std::string>();
    filter.at = Time(Duration(json.at("at").get<std::int64_t>()));
    if (json.contains("after")) filter.after = json["after"].get<ShardIndex>();
    return filter;
}

} // namespace streamwright::kinesis
