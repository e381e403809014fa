// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/batch.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

api::Outcome deleteMessageBatch(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto entries = call.input().items("Entries");
    if (auto error = checkEntries(entries, "DeleteMessageBatchRequestEntry")) return *error;

    const std::uint64_t seed = handleSeed(*queue);
    BatchAnswer batch(entries);
    std::array<ReceiptHandle, kBatchEntries> handles;
    std::array<std::size_t, kBatchEntries> entryOf{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view text = entries[i].string("ReceiptHandle");
        const auto handle = parseHandle(text, seed);
        if (!handle) {
            batch.fail(i, receiptHandleIsInvalid(text));
            continue;
        }
        handles[count] = *handle;
        entryOf[count++] = i;
    }
    if (count > 0) {
        const auto answers = queue->deleteMessages(std::span(handles).first(count), call.now());
        if (!answers) return errorOf(answers.refusal());
        for (std::size_t i = 0; i < count; ++i)
            if (const auto& refusal = (*answers)[i])
                batch.fail(entryOf[i], handleError(*refusal, entries[entryOf[i]].string("ReceiptHandle")));
    }
    batch.write(call, answer, [](std::size_t) {});
    return api::Answered{};
}

} // namespace streamwright::sqs
