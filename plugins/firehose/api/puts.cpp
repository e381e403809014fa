// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/puts.h"

#include <atomic>

#include "core/base/digest.h"

namespace streamwright::firehose {

api::ApiError slowDown()
{
    return {.code = kThrottledError,
            .message = kSlowDown,
            .status = 503,
            .reason = "the Direct PUT quota is used up, or the backlog is full"};
}

std::optional<api::ApiError> putInto(api::Call& call, DeliveryStreamResource& stream, PutKind kind,
                                     const RecordBatchPtr& batch, PutAnswer& put)
{
    if (!stream.direct())
        return invalidArgument("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    auto answer = stream.put(kind, batch, call.now());
    if (!answer) {
        if (answer.problem().code == ProblemCode::Conflict) return notFound(call); // ended meanwhile
        return api::internalFailure(answer.problem().text());
    }
    if (answer->refusal == kThrottledError) return slowDown();
    if (answer->refusal) return invalidArgument("Records size exceeds 4 MB limit");
    put = std::move(*answer);
    return std::nullopt;
}

RecordIds::RecordIds(const api::Call& call, const DeliveryStreamResource& stream)
{
    static std::atomic<std::uint64_t> requests{0};
    request_ = sha256Hex(stream.name() + '/' + std::to_string(call.now().time_since_epoch().count()) + '/' +
                         std::to_string(requests++));
}

std::string RecordIds::id(std::uint32_t index) const
{
    const std::string digits = std::to_string(index);
    return request_ + std::string(4 - std::min<std::size_t>(digits.size(), 4), '0') + digits;
}

} // namespace streamwright::firehose
