// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/dead_letter_sender.h"

#include <cstring>

#include "plugins/sqs/message_record.h"
#include "plugins/sqs/queue_properties.h"

namespace streamwright::sqs {

namespace {
constexpr Duration kRetryInterval = seconds(1);
}

DeadLetterSender::DeadLetterSender(Context& context, QueueResource& resource)
    : resource_(resource),
      queue_(resource.queue()),
      sourceArn_(queueArn(resource.name())),
      moved_(context.metric("NumberOfMessagesMovedToDeadLetterQueue"))
{
    if (const auto outlets = context.outlets("deadLetters"); !outlets.empty()) outlet_ = outlets[0];
}

void DeadLetterSender::add(Context& context, const Received& received)
{
    if (received.dead.empty()) return;
    if (!outlet_) {
        context.atBarrier([resource = resource_.shared_from_this(), now = context.now(),
                           dead = Received{{}, received.dead, received.owners}] { resource->carry(dead, now); });
        return;
    }
    Letters letters;
    BatchBuilder batch(received.dead.size());
    for (const ReceivedMessage& message : received.dead) {
        const std::string extra = deadLetterExtra(message, queue_.fifo(), sourceArn_);
        char* room = batch.allocate(extra.size());
        std::memcpy(room, extra.data(), extra.size());
        batch.view({message.groupId, message.body, {room, extra.size()}, message.sent, message.sequence});
        letters.numbers.push_back(message.handle.number);
    }
    for (const auto& owner : received.owners)
        batch.keep(owner);
    letters.batch = batch.build();
    fresh_.push_back(std::move(letters));
}

bool DeadLetterSender::step(Context& context)
{
    if (!outlet_) return false;
    const std::vector<Receipt> receipts = outlet_->takeReceipts();
    for (const Receipt& receipt : receipts)
        settle(context, receipt);
    if (context.now() >= tryAgain_)
        for (Letters& letters : std::exchange(again_, {}))
            fresh_.push_back(std::move(letters));
    for (Letters& letters : std::exchange(fresh_, {})) {
        const DeliveryId id = outlet_->send(letters.batch);
        underWay_.emplace(id, std::move(letters));
    }
    return !receipts.empty();
}

void DeadLetterSender::rewire(Context& context)
{
    const auto outlets = context.outlets("deadLetters");
    Outlet* now = outlets.empty() ? nullptr : outlets[0];
    if (now == outlet_) return;
    if (outlet_)
        for (const Receipt& receipt : outlet_->takeReceipts())
            settle(context, receipt);
    outlet_ = now;
    for (auto& [id, letters] : std::exchange(underWay_, {}))
        fresh_.push_back(std::move(letters));
    if (outlet_) return;
    for (auto* waiting : {&fresh_, &again_})
        for (const Letters& letters : std::exchange(*waiting, {}))
            queue_.returnMove(letters.numbers, context.now());
}

void DeadLetterSender::settle(Context& context, const Receipt& receipt)
{
    const Letters letters = std::move(underWay_.extract(receipt.delivery).mapped());
    std::vector<Outcome> outcomes(letters.numbers.size(), receipt.outcome);
    for (const Receipt::Exception& exception : receipt.exceptions)
        outcomes[exception.index] = exception.outcome;
    std::vector<MessageNumber> moved;
    Letters refused;
    BatchBuilder batch;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i] == Outcome::Accepted) {
            moved.push_back(letters.numbers[i]);
            continue;
        }
        batch.copy((*letters.batch)[i]);
        refused.numbers.push_back(letters.numbers[i]);
    }
    if (!moved.empty()) {
        queue_.finishMove(moved, context.now());
        moved_.record(static_cast<double>(moved.size()));
    }
    if (refused.numbers.empty()) return;
    if (!std::exchange(reported_, true))
        context.report(Severity::Error, std::string("the dead-letter queue does not take the messages (") +
                                            receipt.reason + "): it must be of the same type as this queue");
    refused.batch = batch.build();
    again_.push_back(std::move(refused));
    tryAgain_ = context.now() + kRetryInterval;
}

} // namespace streamwright::sqs
