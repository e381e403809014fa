// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/pages.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

constexpr std::string_view kList = "consumers";

} // namespace

api::Outcome listStreamConsumers(api::Call& call, api::Writer& out)
{
    const auto page = requestedPage(call, kList);
    if (const auto* error = std::get_if<api::ApiError>(&page)) return *error;
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    const auto facts = use->facts();
    auto consumer = facts->consumers.begin();
    if (const auto& token = std::get<0>(page))
        consumer = facts->consumers.upper_bound(token->content.at("after").get<std::string>());
    out.beginMap();
    out.key("Consumers");
    out.beginList();
    std::string last;
    for (std::size_t left = pageSize(call, "MaxResults", kConsumersListed);
         left > 0 && consumer != facts->consumers.end(); --left, ++consumer) {
        last = consumer->first;
        writeConsumer(out, call, {use.name(), consumer->first, consumer->second.registered}, false);
    }
    out.endList();
    if (consumer != facts->consumers.end())
        out.member("NextToken", PageToken{std::string(kList), call.now(), Json{{"after", last}}}.text());
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
