// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/encryption.h"

namespace streamwright::kinesis {

api::Outcome stopStreamEncryption(api::Call& call, api::Writer&)
{
    return changeEncryption(call, "");
}

} // namespace streamwright::kinesis
