// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/batch.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

api::Outcome changeMessageVisibilityBatch(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto entries = call.input().items("Entries");
    if (auto error = checkEntries(entries, "ChangeMessageVisibilityBatchRequestEntry")) return *error;

    const std::uint64_t seed = handleSeed(*queue);
    BatchAnswer batch(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view text = entries[i].string("ReceiptHandle");
        const api::Value* timeout = entries[i].find("VisibilityTimeout");
        const auto handle = parseHandle(text, seed);
        if (!handle)
            batch.fail(i, receiptHandleIsInvalid(text));
        else if (!timeout)
            batch.fail(i, missingParameter("VisibilityTimeout"));
        else if (const auto refusal = queue->changeVisibility(*handle, seconds(timeout->integer()), call.now()))
            batch.fail(i, handleError(*refusal, text));
    }
    batch.write(call, answer, [](std::size_t) {});
    return api::Answered{};
}

} // namespace streamwright::sqs
