// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/encryption.h"

namespace streamwright::firehose {

api::Outcome stopDeliveryStreamEncryption(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    Encryption off = stream->facts().encryption;
    off.enabled = false;
    if (auto refused = switchEncryption(call, *stream, std::move(off))) return *refused;
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
