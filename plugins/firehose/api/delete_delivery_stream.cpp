// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

api::Outcome deleteDeliveryStream(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    const auto removed = call.host().remove(kDeliveryStreamKind, stream->name());
    if (!removed) {
        const Problem& problem = removed.problem();
        if (problem.code == ProblemCode::NotFound) return notFound(call);
        if (problem.code == ProblemCode::Conflict) return api::ApiError{"ResourceInUseException", problem.message};
        return api::internalFailure(problem.text());
    }
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
