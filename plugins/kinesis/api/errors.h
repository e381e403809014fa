// SPDX-License-Identifier: GPL-3.0-or-later
// What the Kinesis API says when it says no, in its words. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/api/service.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

api::ApiError invalidArgument(std::string message);
api::ApiError limitExceeded(std::string message);
api::ApiError resourceInUse(std::string message);
api::ApiError resourceNotFound(std::string message);

// "stream NAME under account ACCOUNT"
std::string ofAccount(const api::Call& call, std::string_view stream);

api::ApiError streamNotFound(const api::Call& call, std::string_view stream);
api::ApiError streamNotActive(const api::Call& call, std::string_view stream, StreamStatus status);
api::ApiError onDemandRefused(const api::Call& call, std::string_view stream);
api::ApiError shardLimitExceeded(const api::Call& call, std::size_t current, std::size_t limit, std::size_t more);
// The shard of an action that changes it, and of one that reads it.
api::ApiError shardNotFound(const api::Call& call, std::string_view stream, std::string_view shard);
api::ApiError shardDoesNotExist(const api::Call& call, std::string_view stream, std::string_view shard);
inline constexpr char kThroughputExceeded[] = "ProvisionedThroughputExceededException";
api::ApiError shardThrottled(const api::Call& call, std::string_view stream, std::string_view shard,
                             std::string reason);
api::ApiError consumerNotFound(const api::Call& call, std::string_view consumer);

// Of the engine or a resource: the code in the service's terms.
api::ApiError errorOf(const Problem& problem);

std::string_view textOf(StreamStatus status);

} // namespace streamwright::kinesis
