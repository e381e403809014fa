// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/pages.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

constexpr std::string_view kList = "streams";

void writeSummary(api::Writer& out, const api::Call& call, StreamResource& stream)
{
    out.beginMap();
    out.member("StreamName", stream.name());
    out.member("StreamARN", streamArn(call, stream.name()));
    out.member("StreamStatus", textOf(stream.status(call.now())));
    writeMode(out, stream.stream().settings().mode);
    out.member("StreamCreationTimestamp", stream.facts()->created);
    out.endMap();
}

} // namespace

api::Outcome listStreams(api::Call& call, api::Writer& out)
{
    const auto page = requestedPage(call, kList);
    if (const auto* error = std::get_if<api::ApiError>(&page)) return *error;
    std::string after(call.input().string("ExclusiveStartStreamName"));
    if (const auto& token = std::get<0>(page)) after = token->content.at("after").get<std::string>();

    auto streams = call.host().all(kStreamKind);
    std::erase_if(streams, [&](const auto& stream) { return stream->name() <= after; });
    const std::size_t size = std::min(streams.size(), pageSize(call, "Limit", kStreamsListed));
    const bool more = size < streams.size();
    streams.resize(size);
    out.beginMap();
    out.key("StreamNames");
    out.beginList();
    for (const auto& stream : streams)
        out.string(stream->name());
    out.endList();
    out.member("HasMoreStreams", more);
    if (more)
        out.member("NextToken",
                   PageToken{std::string(kList), call.now(), Json{{"after", streams.back()->name()}}}.text());
    out.key("StreamSummaries");
    out.beginList();
    for (const auto& resource : streams) {
        StreamUse use(call, resource->name(), StreamUse::Needs::Existence);
        if (use) writeSummary(out, call, *use.shared());
    }
    out.endList();
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
