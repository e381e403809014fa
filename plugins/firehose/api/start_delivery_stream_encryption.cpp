// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/encryption.h"

namespace streamwright::firehose {

api::Outcome startDeliveryStreamEncryption(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    auto encryption = encryptionOf(call.input().find("DeliveryStreamEncryptionConfigurationInput"));
    if (!encryption) return invalidArgument(encryption.problem().message);
    if (auto refused = switchEncryption(call, *stream, std::move(*encryption))) return *refused;
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
