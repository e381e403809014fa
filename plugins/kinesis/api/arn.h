// SPDX-License-Identifier: GPL-3.0-or-later
// The names that clients have for streams and their consumers. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/api/service.h"

namespace streamwright::kinesis {

// "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME", as the caller would name it.
std::string streamArn(const api::Call& call, std::string_view stream);
// That and "/consumer/NAME:EPOCH".
std::string consumerArn(const api::Call& call, std::string_view stream, std::string_view consumer, Time registered);

// The stream's name; any account's and region's.
std::string_view streamOfArn(std::string_view arn);

struct ConsumerName {
    std::string_view stream, consumer;
    std::string_view epoch; // seconds
};
std::optional<ConsumerName> parseConsumerArn(std::string_view arn);
std::string epochOf(Time registered);

} // namespace streamwright::kinesis
