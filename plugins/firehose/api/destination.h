// SPDX-License-Identifier: GPL-3.0-or-later
// An S3 destination between a request and the node's properties. In JSON it has the form of the API's
// ExtendedS3DestinationConfiguration. Any thread.
#pragma once

#include "core/api/service.h"
#include "core/base/json.h"

namespace streamwright::firehose {

inline constexpr std::string_view kBucketKind = "AWS::S3::Bucket";
inline constexpr std::string_view kStreamKind = "AWS::Kinesis::Stream";

Json jsonOf(const api::Value& value);
void write(api::Writer& answer, const Json& json);

// The member of a request that names the destination: "ExtendedS3Destination" + suffix or the deprecated one. A problem
// when there are none or several, or when it is not S3.
Result<Json> destinationIn(const api::Value& request, std::string_view suffix);

// What is asked for and not emulated, or contradicts itself; the rest is checked by the node's own rules.
Result<void> checkDestination(const Json& destination);
// The node's property ExtendedS3DestinationConfiguration.
Json propertiesOf(const Json& destination);

} // namespace streamwright::firehose
