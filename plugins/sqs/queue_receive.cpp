// SPDX-License-Identifier: GPL-3.0-or-later
// Queue: what goes out - receives, and messages moved to the dead-letter queue.
#include <algorithm>
#include <limits>

#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {

// How far out of order Disorder takes a message.
constexpr std::uint64_t kReorderReach = 10;

std::optional<Refusal> checkReceive(const ReceiveRequest& request, bool fifo)
{
    const auto invalid = [](const std::string& value, const char* parameter, const char* reason) {
        return Refusal{RefusalCode::InvalidParameterValue,
                       "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason};
    };
    if (request.maximum < 1 || request.maximum > kReceiveMessagesMaximum)
        return invalid(std::to_string(request.maximum), "MaxNumberOfMessages",
                       "Must be between 1 and 10, if provided.");
    if (request.visibility &&
        (*request.visibility < Duration::zero() || *request.visibility > kVisibilityTimeoutMaximum))
        return invalid(std::to_string(std::chrono::floor<std::chrono::seconds>(*request.visibility).count()),
                       "VisibilityTimeout", "Must be >= 0 and <= 43200, if provided.");
    if (!fifo && !request.attemptId.empty())
        return invalid(std::string(request.attemptId), "ReceiveRequestAttemptId",
                       "The request includes a parameter that is not valid for this queue type.");
    if (!request.attemptId.empty() && !isValidId(request.attemptId, kDeduplicationIdCharacters))
        return invalid(std::string(request.attemptId), "ReceiveRequestAttemptId",
                       "Can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    return std::nullopt;
}

} // namespace

Answer<Received> Queue::receive(const ReceiveRequest& request, Time at)
{
    if (auto refusal = checkReceive(request, fifo_)) return *refusal;
    MutexLock lock(mutex_);
    const Time now = advance(at);
    if (fifo_ && !request.again && !throughput_.admit(FifoThroughput::Action::Receive, now))
        return Refusal{RefusalCode::RequestThrottled,
                       "Rate exceeded: a FIFO queue takes 300 receive calls per second."};
    if (auto repeated = repeatAttempt(request)) return std::move(*repeated);
    const std::size_t room = settings_.inFlightLimit - std::min(settings_.inFlightLimit, messages_.inFlight());
    if (room == 0) {
        if (fifo_ || request.longPolling) return Received();
        return Refusal{RefusalCode::OverLimit, "The maximum number of in flight messages is reached."};
    }
    return receivePicked(pick(std::min(request.maximum, room), request.keepsDead), request);
}

Received Queue::takeOut(std::size_t most, Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    std::vector<Message*> taken;
    while (taken.size() < most) {
        Message* message = messages_.next();
        if (!message) break;
        messages_.hold(*message);
        messages_.move(*message);
        taken.push_back(message);
    }
    Received received;
    read(taken, received.dead, received.owners);
    return received;
}

Queue::Picked Queue::pick(std::size_t wanted, bool keepsDead)
{
    Picked picked;
    const Message* previous = nullptr;
    while (picked.alive.size() < wanted) {
        Message* message = messages_.next(previous, skipped());
        if (!message) break;
        messages_.hold(*message);
        const bool dead = !keepsDead && settings_.maxReceiveCount > 0 && message->receives >= settings_.maxReceiveCount;
        (dead ? picked.dead : picked.alive).push_back(message);
        if (!dead) previous = message;
    }
    return picked;
}

std::size_t Queue::skipped()
{
    if (fifo_ || settings_.disorder <= 0 || !random_.chance(settings_.disorder)) return 0;
    return 1 + random_.below(kReorderReach);
}

Answer<Received> Queue::receivePicked(const Picked& picked, const ReceiveRequest& request)
{
    if (!picked.alive.empty()) {
        const Time until = now_ + request.visibility.value_or(settings_.visibilityTimeout);
        std::vector<MessageVisibility> event;
        for (const Message* message : picked.alive) {
            // A duplicate: the message stays visible although it has been received.
            const bool duplicate = !fifo_ && settings_.disorder > 0 && random_.chance(settings_.disorder);
            event.push_back({message->number, duplicate ? now_ : until});
        }
        const auto position = appendEvent(encode(EventKind::Received, event));
        if (!position) {
            for (const auto* messages : {&picked.alive, &picked.dead})
                for (Message* message : *messages)
                    messages_.release(*message);
            return Refusal{RefusalCode::InternalFailure, position.problem().text()};
        }
        for (std::size_t i = 0; i < event.size(); ++i)
            messages_.receive(*picked.alive[i], event[i].until, now_, *position);
        rememberAttempt(request.attemptId, picked.alive);
    }
    for (Message* message : picked.dead)
        messages_.move(*message);
    Received received;
    read(picked.alive, received.messages, received.owners);
    read(picked.dead, received.dead, received.owners);
    return received;
}

std::optional<Received> Queue::repeatAttempt(const ReceiveRequest& request)
{
    if (request.attemptId.empty()) return std::nullopt;
    const auto* given = attempts_.find(request.attemptId, now_);
    if (!given) return std::nullopt;
    const Time until = now_ + request.visibility.value_or(settings_.visibilityTimeout);
    std::vector<Message*> messages;
    std::vector<MessageVisibility> event;
    for (const auto& [then, receives] : *given) {
        Message* message = messages_.find(then.number);
        const bool same = message && message->state == MessageState::InFlight && message->receives == receives &&
                          message->until == then.until;
        if (!same) return std::nullopt; // deleted, changed or timed out: a receive like any other
        messages.push_back(message);
        event.push_back({then.number, until});
    }
    if (!appendEvent(encode(EventKind::VisibilityChanged, event))) return std::nullopt;
    for (Message* message : messages)
        messages_.changeVisibility(*message, until, now_);
    rememberAttempt(request.attemptId, messages);
    Received received;
    read(messages, received.messages, received.owners);
    return received;
}

void Queue::rememberAttempt(std::string_view attemptId, std::span<Message* const> messages)
{
    if (attemptId.empty()) return;
    std::vector<ReceiveAttempts::Given> given;
    for (const Message* message : messages)
        given.push_back({{message->number, message->until}, message->receives});
    attempts_.remember(attemptId, std::move(given), now_);
}

void Queue::read(std::span<Message* const> messages, std::vector<ReceivedMessage>& into,
                 std::vector<std::shared_ptr<const void>>& owners) const
{
    into.reserve(messages.size());
    for (std::size_t begin = 0; begin < messages.size();) {
        std::size_t end = begin + 1; // one read for a run of neighbours
        while (end < messages.size() && messages[end]->position == messages[end - 1]->position + 1)
            ++end;
        LogRead run =
            log_->read(messages[begin]->position, end - begin, ByteCount(std::numeric_limits<std::uint64_t>::max()));
        CHECK(run.first == messages[begin]->position && run.records.size() == end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            const Record& record = run.records[i - begin];
            const Message& message = *messages[i];
            const auto event = decodeStored(record);
            CHECK(event);
            const Sent sent = sentAs(message.number, message.foreignId, false);
            into.push_back({{message.number, message.receives},
                            sent.id,
                            sent.sequence,
                            record.key,
                            record.data,
                            event->deduplicationId,
                            event->attributes,
                            event->source,
                            message.receivesBefore + message.receives,
                            message.sent,
                            message.firstReceived});
        }
        owners.insert(owners.end(), run.owners.begin(), run.owners.end());
        begin = end;
    }
}

void Queue::finishMove(std::span<const MessageNumber> numbers, Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    // Without the event a replay would move them once more: at least once. The next change meets the log's refusal.
    (void)appendEvent(encode(EventKind::MovedOut, std::vector<MessageNumber>(numbers.begin(), numbers.end())));
    for (const MessageNumber number : numbers)
        if (Message* message = messages_.find(number)) messages_.erase(*message);
}

void Queue::returnMove(std::span<const MessageNumber> numbers, Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    for (const MessageNumber number : numbers) {
        Message* message = messages_.find(number);
        if (message && message->state == MessageState::Moving) messages_.release(*message);
    }
}

} // namespace streamwright::sqs
