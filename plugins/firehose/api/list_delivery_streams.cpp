// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/delivery_streams.h"
#include "plugins/firehose/api/description.h"

namespace streamwright::firehose {

namespace {

constexpr std::int64_t kUsualLimit = 10;

} // namespace

api::Outcome listDeliveryStreams(api::Call& call, api::Writer& answer)
{
    const api::Value& input = call.input();
    const auto limit = static_cast<std::size_t>(input.integer("Limit", kUsualLimit));
    const std::string_view after = input.string("ExclusiveStartDeliveryStreamName");
    const std::string_view type = input.string("DeliveryStreamType");
    std::vector<std::string> names;
    for (const auto& resource : call.host().all(kDeliveryStreamKind)) {
        const auto stream = std::dynamic_pointer_cast<DeliveryStreamResource>(resource);
        if (!stream || stream->name() <= after) continue;
        if (type.empty() || type == typeOf(*stream)) names.push_back(stream->name());
    }
    answer.beginMap();
    answer.key("DeliveryStreamNames");
    answer.beginList();
    for (std::size_t i = 0; i < std::min(limit, names.size()); ++i)
        answer.string(names[i]);
    answer.endList();
    answer.member("HasMoreDeliveryStreams", names.size() > limit);
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
