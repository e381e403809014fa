// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of server-side encryption that actions share. Nothing is encrypted here: clients see its state. Any thread.
#pragma once

#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

// Of a DeliveryStreamEncryptionConfigurationInput, null when none is given; a value that is switched on.
Result<Encryption> encryptionOf(const api::Value* configuration);

// Switches it, counting the calls of the last 24 hours.
std::optional<api::ApiError> switchEncryption(api::Call& call, DeliveryStreamResource& stream, Encryption to);

} // namespace streamwright::firehose
