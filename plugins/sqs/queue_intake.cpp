// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_intake.h"

#include <algorithm>

#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

QueueIntake::QueueIntake(Context& context, Queue& queue, SendMetrics& metrics)
    : queue_(queue),
      messages_(kBatchEntries),
      metrics_(metrics),
      deadLetters_(context.metric("NumberOfDeadLettersReceived"))
{
}

bool QueueIntake::take(Context& context, Inlet& inlet)
{
    const std::vector<Delivery> deliveries = inlet.takeDeliveries();
    for (const Delivery& delivery : deliveries) {
        Receipt receipt;
        receipt.delivery = delivery.id;
        if (inlet.edge().protocol == "dead-letters")
            moveIn(context, *delivery.batch, receipt);
        else
            for (std::size_t begin = 0; begin < delivery.batch->size();)
                begin = sendSome(context, *delivery.batch, begin, receipt);
        std::ranges::sort(receipt.exceptions, {}, &Receipt::Exception::index);
        inlet.answer(std::move(receipt));
    }
    return !deliveries.empty();
}

std::size_t QueueIntake::sendSome(Context& context, const RecordBatch& batch, std::size_t begin, Receipt& receipt)
{
    std::vector<NewMessage> call;
    std::vector<std::size_t> indexes;
    ByteCount size;
    std::size_t end = begin;
    for (; end < batch.size() && end - begin < kBatchEntries; ++end) {
        RecordMessage& message = messages_[end - begin];
        const auto refusal = readMessage(batch[end], message);
        if (refusal) {
            refuse(*refusal, end, receipt);
            continue;
        }
        if (!call.empty() && size + sizeOf(message.message) > kBatchSizeMaximum) break;
        size += sizeOf(message.message);
        call.push_back(message.message);
        indexes.push_back(end);
    }
    if (call.empty()) return end;
    const auto answers = queue_.send(call, context.now());
    metrics_.record(call, answers);
    for (std::size_t i = 0; i < call.size(); ++i) {
        if (!answers)
            refuse(answers.refusal(), indexes[i], receipt);
        else if (!(*answers)[i])
            refuse((*answers)[i].refusal(), indexes[i], receipt);
    }
    return end;
}

void QueueIntake::moveIn(Context& context, const RecordBatch& batch, Receipt& receipt)
{
    std::vector<MessageAttribute> attributes;
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        DeadLetter letter;
        if (const auto refusal = readDeadLetter(batch[i], queue_.fifo(), attributes, letter)) {
            refuse(*refusal, i, receipt);
            continue;
        }
        const auto answers = queue_.moveIn(std::span(&letter, 1), context.now());
        if (!answers || !answers->front())
            refuse(answers ? answers->front().refusal() : answers.refusal(), i, receipt);
        else if (!answers->front()->duplicate)
            ++taken;
    }
    if (taken > 0) deadLetters_.record(static_cast<double>(taken));
}

void QueueIntake::refuse(const Refusal& refusal, std::size_t index, Receipt& receipt)
{
    const bool throttled = refusal.code == RefusalCode::RequestThrottled;
    if (!throttled) metrics_.recordRejected();
    receipt.exceptions.push_back({static_cast<std::uint32_t>(index), throttled ? Outcome::Throttled : Outcome::Failed});
    receipt.reason = name(refusal.code);
}

} // namespace streamwright::sqs
