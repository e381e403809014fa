// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

api::Outcome changeMessageVisibility(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const std::string_view text = call.input().string("ReceiptHandle");
    if (text.empty()) return missingParameter("ReceiptHandle");
    const api::Value* timeout = call.input().find("VisibilityTimeout");
    if (!timeout) return missingParameter("VisibilityTimeout");
    const auto handle = parseHandle(text, handleSeed(*queue));
    if (!handle) return receiptHandleIsInvalid(text);
    if (const auto refusal = queue->changeVisibility(*handle, seconds(timeout->integer()), call.now()))
        return handleError(*refusal, text);
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
