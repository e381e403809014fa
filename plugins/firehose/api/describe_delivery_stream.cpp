// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/description.h"

namespace streamwright::firehose {

api::Outcome describeDeliveryStream(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    answer.beginMap();
    answer.key("DeliveryStreamDescription");
    writeDescription(call, *stream, answer);
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
