// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/arn.h"

namespace streamwright::kinesis {

namespace {

constexpr std::string_view kStream = ":stream/", kConsumer = "/consumer/";

} // namespace

std::string epochOf(Time registered)
{
    return std::to_string(std::chrono::floor<std::chrono::seconds>(registered).time_since_epoch().count());
}

std::string streamArn(const api::Call& call, std::string_view stream)
{
    std::string arn = "arn:aws:kinesis:" + call.caller().region + ":" + call.caller().account;
    arn.append(kStream).append(stream);
    return arn;
}

std::string consumerArn(const api::Call& call, std::string_view stream, std::string_view consumer, Time registered)
{
    return streamArn(call, stream).append(kConsumer).append(consumer).append(":").append(epochOf(registered));
}

std::string_view streamOfArn(std::string_view arn)
{
    const std::size_t at = arn.find(kStream);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = arn.substr(at + kStream.size());
    return rest.substr(0, rest.find('/'));
}

std::optional<ConsumerName> parseConsumerArn(std::string_view arn)
{
    const std::size_t at = arn.find(kConsumer), colon = arn.rfind(':');
    if (at == std::string_view::npos || colon < at) return std::nullopt;
    const std::size_t begin = at + kConsumer.size();
    return ConsumerName{streamOfArn(arn), arn.substr(begin, colon - begin), arn.substr(colon + 1)};
}

} // namespace streamwright::kinesis
