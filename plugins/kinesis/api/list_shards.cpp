// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/pages.h"
#include "plugins/kinesis/api/shard_filter.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

struct Listing {
    std::string stream;
    ShardFilter filter;
    std::optional<ShardIndex> after;
};

std::variant<Listing, api::ApiError> requestedListing(const api::Call& call)
{
    const api::Value& in = call.input();
    auto page = requestedPage(call, kShardsPages);
    if (auto* error = std::get_if<api::ApiError>(&page)) return std::move(*error);
    if (const auto& token = std::get<0>(page)) {
        if (in.has("StreamName") || in.has("StreamARN"))
            return invalidArgument("NextToken and StreamName cannot be provided together.");
        const Json& content = token->content;
        return Listing{content.at("stream").get<std::string>(), ShardFilter::fromJson(content.at("filter")),
                       content.at("after").get<ShardIndex>()};
    }
    if (!in.has("StreamName") && !in.has("StreamARN"))
        return invalidArgument("Either NextToken or StreamName should be provided.");
    auto stream = requestedStream(call);
    if (auto* error = std::get_if<api::ApiError>(&stream)) return std::move(*error);
    auto filter = ShardFilter::of(in.find("ShardFilter"), call.now());
    if (auto* error = std::get_if<api::ApiError>(&filter)) return std::move(*error);
    Listing listing{std::string(std::get<0>(stream)), std::get<0>(std::move(filter)), std::nullopt};
    if (in.has("ExclusiveStartShardId")) {
        listing.after = parseShardId(in.string("ExclusiveStartShardId"));
        if (!listing.after)
            return invalidArgument("ShardId " + std::string(in.string("ExclusiveStartShardId")) + " is not valid.");
    }
    return listing;
}

} // namespace

api::Outcome listShards(api::Call& call, api::Writer& out)
{
    const auto wanted = requestedListing(call);
    if (const auto* error = std::get_if<api::ApiError>(&wanted)) return *error;
    const Listing& listing = std::get<Listing>(wanted);
    StreamUse use(call, listing.stream, StreamUse::Needs::Existence);
    if (!use) return use.error();
    if (const auto status = use->status(call.now()); status == StreamStatus::Creating)
        return streamNotActive(call, use.name(), status);

    std::vector<ShardInfo> shards = listedShards(use.stream(), call.now());
    Time oldest = call.now();
    for (const ShardInfo& shard : shards)
        oldest = std::min(oldest, shard.created);
    const Time horizon = std::max(oldest, call.now() - use.stream().settings().retention);
    std::erase_if(shards, [&](const ShardInfo& shard) {
        return (listing.after && shard.index <= *listing.after) || !listing.filter.keeps(shard, horizon);
    });
    const std::size_t size = std::min(shards.size(), pageSize(call, "MaxResults", kShardsListed));
    out.beginMap();
    out.key("Shards");
    out.beginList();
    for (std::size_t i = 0; i < size; ++i)
        writeShard(out, shards[i]);
    out.endList();
    if (size < shards.size()) {
        const Json content = {
            {"stream", listing.stream}, {"filter", listing.filter.toJson()}, {"after", shards[size - 1].index}};
        out.member("NextToken", PageToken{std::string(kShardsPages), call.now(), content}.text());
    }
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
