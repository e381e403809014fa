// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/encryption.h"

namespace streamwright::kinesis {

api::Outcome startStreamEncryption(api::Call& call, api::Writer&)
{
    return changeEncryption(call, std::string(call.input().string("KeyId")));
}

} // namespace streamwright::kinesis
