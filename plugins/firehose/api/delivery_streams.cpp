// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

StreamPtr streamOf(api::Call& call)
{
    const std::string_view name = call.input().string("DeliveryStreamName");
    call.names(name);
    return std::dynamic_pointer_cast<DeliveryStreamResource>(call.host().find(kDeliveryStreamKind, name));
}

api::ApiError notFound(const api::Call& call)
{
    return {"ResourceNotFoundException", "Firehose " + std::string(call.input().string("DeliveryStreamName")) +
                                             " under account " + call.caller().account + " not found."};
}

api::ApiError invalidArgument(std::string message) { return {"InvalidArgumentException", std::move(message)}; }

std::string arnOf(const api::Call& call, std::string_view deliveryStream)
{
    return "arn:aws:firehose:" + call.caller().region + ":" + call.caller().account + ":deliverystream/" +
           std::string(deliveryStream);
}

std::string nameInArn(std::string_view arn)
{
    const std::size_t at = arn.find_last_of(":/");
    return std::string(at == std::string_view::npos ? arn : arn.substr(at + 1));
}

std::string nameOfNode(const api::Host& host, std::string_view kind, const std::string& node)
{
    if (node.empty()) return {};
    for (const auto& resource : host.all(kind))
        if (host.nodeOf(kind, resource->name()) == node) return resource->name();
    return {};
}

} // namespace streamwright::firehose
