// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/batch.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/message_input.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

namespace {

// A FIFO queue refuses the whole batch for an entry that cannot be placed or deduplicated.
std::optional<api::ApiError> checkFifo(const NewMessage& message, const QueueSettings& settings)
{
    if (!settings.fifo) return std::nullopt;
    if (message.groupId.empty()) return invalidValue("The request must contain the parameter MessageGroupId.");
    if (message.deduplicationId.empty() && !settings.contentBasedDeduplication)
        return invalidValue("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
                            "provided explicitly");
    return std::nullopt;
}

// The service words one refusal differently in a batch.
api::ApiError entryError(const Refusal& refusal)
{
    constexpr std::string_view kSingly = "One or more parameters are invalid.";
    api::ApiError error = errorOf(refusal);
    if (error.message.starts_with(kSingly))
        error.message.replace(0, kSingly.size(), "One or more parameters cannot be validated.");
    return error;
}

} // namespace

api::Outcome sendMessageBatch(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto entries = call.input().items("Entries");
    if (auto error = checkEntries(entries, "SendMessageBatchRequestEntry")) return *error;

    const QueueSettings settings = queue->queue().settings();
    BatchAnswer batch(entries);
    std::array<MessageInput, kBatchEntries> inputs;
    std::array<NewMessage, kBatchEntries> messages;
    std::array<std::size_t, kBatchEntries> entryOf{};
    std::size_t count = 0;
    ByteCount size;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto error = inputs[i].read(entries[i], settings.fifo);
        const NewMessage& message = inputs[i].message();
        size += sizeOf(message);
        if (error) {
            batch.fail(i, std::move(*error));
            continue;
        }
        if (auto refused = checkFifo(message, settings)) return *refused;
        messages[count] = message;
        entryOf[count++] = i;
    }
    if (size > kBatchSizeMaximum)
        return prefixedError("BatchRequestTooLong",
                             "Batch requests cannot be longer than " + std::to_string(kBatchSizeMaximum.value()) +
                                 " bytes. You have sent " + std::to_string(size.value()) + " bytes.");
    std::array<Sent, kBatchEntries> sent;
    if (count > 0) {
        const auto answers = queue->send(std::span(messages).first(count), call.now());
        if (!answers) return errorOf(answers.refusal());
        for (std::size_t i = 0; i < count; ++i) {
            const Answer<Sent>& one = (*answers)[i];
            if (one)
                sent[entryOf[i]] = *one;
            else
                batch.fail(entryOf[i], entryError(one.refusal()));
        }
    }
    batch.write(call, answer, [&](std::size_t i) { inputs[i].writeAnswer(sent[i], settings.fifo, answer); });
    return api::Answered{};
}

} // namespace streamwright::sqs
