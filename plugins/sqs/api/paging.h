// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of queues in pages: MaxResults and NextToken in, the URLs of a page and the next token out. Any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/api/service.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

// queues: all, sorted by name. member: the answer's list; written without content only when the model demands it.
api::Outcome writeQueuePage(const api::Call& call, const std::vector<std::shared_ptr<QueueResource>>& queues,
                            std::string_view member, bool evenWhenEmpty, api::Writer& answer);

} // namespace streamwright::sqs
