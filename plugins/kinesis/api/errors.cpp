// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/errors.h"

namespace streamwright::kinesis {

namespace {

std::string underAccount(const api::Call& call) { return " under account " + call.caller().account; }

std::string text(std::string_view view) { return std::string(view); }

} // namespace

api::ApiError invalidArgument(std::string message) { return {"InvalidArgumentException", std::move(message)}; }
api::ApiError limitExceeded(std::string message) { return {"LimitExceededException", std::move(message)}; }
api::ApiError resourceInUse(std::string message) { return {"ResourceInUseException", std::move(message)}; }
api::ApiError resourceNotFound(std::string message) { return {"ResourceNotFoundException", std::move(message)}; }

std::string ofAccount(const api::Call& call, std::string_view stream)
{
    return "stream " + text(stream) + underAccount(call);
}

api::ApiError streamNotFound(const api::Call& call, std::string_view stream)
{
    return resourceNotFound("Stream " + text(stream) + underAccount(call) + " not found.");
}

api::ApiError streamNotActive(const api::Call& call, std::string_view stream, StreamStatus status)
{
    return resourceInUse("Stream " + text(stream) + underAccount(call) + " not ACTIVE, instead in state " +
                         text(textOf(status)));
}

api::ApiError onDemandRefused(const api::Call& call, std::string_view stream)
{
    return api::validationError("Request is invalid. Stream " + text(stream) + underAccount(call) +
                                " is in On-Demand mode.");
}

api::ApiError shardLimitExceeded(const api::Call& call, std::size_t current, std::size_t limit, std::size_t more)
{
    return limitExceeded(
        "This request would exceed the shard limit for the account " + call.caller().account + " in " +
        call.caller().region + ". Current shard count for the account: " + std::to_string(current) +
        ". Limit: " + std::to_string(limit) +
        ". Number of additional shards that would have resulted from this request: " + std::to_string(more) +
        ". Refer to the AWS Service Limits page "
        "(https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits "
        "and how to request higher limits.");
}

api::ApiError shardNotFound(const api::Call& call, std::string_view stream, std::string_view shard)
{
    return resourceNotFound("Could not find shard " + text(shard) + " in " + ofAccount(call, stream) + ".");
}

api::ApiError shardDoesNotExist(const api::Call& call, std::string_view stream, std::string_view shard)
{
    return resourceNotFound("Shard " + text(shard) + " in " + ofAccount(call, stream) + " does not exist");
}

api::ApiError shardThrottled(const api::Call& call, std::string_view stream, std::string_view shard, std::string reason)
{
    return {kThroughputExceeded, "Rate exceeded for shard " + text(shard) + " in " + ofAccount(call, stream) + ".", 400,
            "", std::move(reason)};
}

api::ApiError consumerNotFound(const api::Call& call, std::string_view consumer)
{
    return resourceNotFound("Consumer " + text(consumer) + ", account " + call.caller().account + " not found.");
}

api::ApiError errorOf(const Problem& problem)
{
    switch (problem.code) {
    case ProblemCode::InvalidInput:
        return invalidArgument(problem.message);
    case ProblemCode::NotFound:
        return resourceNotFound(problem.message);
    case ProblemCode::Conflict:
        return resourceInUse(problem.message);
    case ProblemCode::LimitExceeded:
        return limitExceeded(problem.message);
    case ProblemCode::Corrupt:
    case ProblemCode::Io:
    case ProblemCode::DiskFull:
    case ProblemCode::Internal:
        break;
    }
    return api::internalFailure(problem.text());
}

std::string_view textOf(StreamStatus status)
{
    switch (status) {
    case StreamStatus::Creating:
        return "CREATING";
    case StreamStatus::Updating:
        return "UPDATING";
    case StreamStatus::Active:
        break;
    }
    return "ACTIVE";
}

} // namespace streamwright::kinesis
