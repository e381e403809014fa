// SPDX-License-Identifier: GPL-3.0-or-later
// A receipt handle as clients have it: opaque text that names the queue, the message and the receive. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class QueueResource;

// What stands for a queue in its handles: another one for a queue made anew with the same name.
std::uint64_t handleSeed(const QueueResource& queue);

std::string handleText(const ReceiptHandle& handle, std::uint64_t seed);
// Nothing when the text is no handle of that queue.
std::optional<ReceiptHandle> parseHandle(std::string_view text, std::uint64_t seed);

} // namespace streamwright::sqs
