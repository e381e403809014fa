// SPDX-License-Identifier: GPL-3.0-or-later
// A delivery stream as DescribeDeliveryStream tells it: what the node does now, laid over what a client said when it made
// or updated the stream. Any thread.
#pragma once

#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

std::string_view typeOf(const DeliveryStreamResource& stream);
// As an ExtendedS3DestinationConfiguration, every member that has a value.
Json destinationOf(const api::Call& call, const DeliveryStreamResource& stream);

void writeDescription(const api::Call& call, const DeliveryStreamResource& stream, api::Writer& answer);

} // namespace streamwright::firehose
