// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions share: finding a delivery stream by its name, ARNs, the service's errors. Any thread.
#pragma once

#include <memory>
#include <string>

#include "core/api/service.h"
#include "plugins/firehose/delivery_stream_resource.h"

namespace streamwright::firehose {

inline constexpr std::string_view kDeliveryStreamKind = "AWS::KinesisFirehose::DeliveryStream";
inline constexpr std::string_view kDestinationId = "destinationId-000000000001";
inline constexpr std::size_t kMostTags = 50;

using StreamPtr = std::shared_ptr<DeliveryStreamResource>;

// The stream that DeliveryStreamName names; null when there is none (then the answer is notFound).
StreamPtr streamOf(api::Call& call);
api::ApiError notFound(const api::Call& call);
api::ApiError invalidArgument(std::string message);

std::string arnOf(const api::Call& call, std::string_view deliveryStream);
// "NAME" of "arn:aws:s3:::NAME" or "arn:aws:kinesis:us-east-1:000000000000:stream/NAME".
std::string nameInArn(std::string_view arn);
// The name that clients know a node by; "" when no resource of that kind is the node.
std::string nameOfNode(const api::Host& host, std::string_view kind, const std::string& node);

} // namespace streamwright::firehose
