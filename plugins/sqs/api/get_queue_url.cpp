// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome getQueueUrl(api::Call& call, api::Writer& answer)
{
    const std::string_view name = call.input().string("QueueName");
    if (name.empty()) return missingParameter("QueueName");
    call.names(name);
    const std::string_view owner = call.input().string("QueueOwnerAWSAccountId");
    const bool ours = owner.empty() || owner == call.caller().account || owner == call.host().account();
    if (!ours || !findQueue(call.host(), name)) return queueDoesNotExist();
    answer.beginMap();
    answer.member("QueueUrl", queueUrl(call.caller(), name));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
