// SPDX-License-Identifier: GPL-3.0-or-later
// What StartStreamEncryption and StopStreamEncryption have in common. Any thread.
#pragma once

#include <string>

#include "core/api/service.h"

namespace streamwright::kinesis {

// keyId: of the records from now on; "" for none.
api::Outcome changeEncryption(api::Call& call, const std::string& keyId);

} // namespace streamwright::kinesis
