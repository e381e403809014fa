// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

api::Outcome deleteMessage(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const std::string_view text = call.input().string("ReceiptHandle");
    if (text.empty()) return missingParameter("ReceiptHandle");
    const auto handle = parseHandle(text, handleSeed(*queue));
    if (!handle) return receiptHandleIsInvalid(text);
    const auto answers = queue->deleteMessages(std::span(&*handle, 1), call.now());
    if (!answers) return errorOf(answers.refusal());
    if (answers->front()) return handleError(*answers->front(), text);
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
