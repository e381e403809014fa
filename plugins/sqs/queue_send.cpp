// SPDX-License-Identifier: GPL-3.0-or-later
// Queue: what comes in - sends and dead letters.
#include "core/base/digest.h"
#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {

std::optional<Refusal> checkBatch(std::span<const NewMessage> batch)
{
    if (batch.empty())
        return Refusal{RefusalCode::EmptyBatchRequest,
                       "There should be at least one SendMessageBatchRequestEntry in the request."};
    if (batch.size() > kBatchEntries)
        return Refusal{RefusalCode::TooManyEntriesInBatchRequest,
                       "Maximum number of entries per request are 10. You have sent " + std::to_string(batch.size()) +
                           "."};
    ByteCount size;
    for (const NewMessage& message : batch)
        size += sizeOf(message);
    if (batch.size() > 1 && size > kBatchSizeMaximum)
        return Refusal{RefusalCode::BatchRequestTooLong,
                       "Batch requests cannot be longer than " + std::to_string(kBatchSizeMaximum.value()) +
                           " bytes. You have sent " + std::to_string(size.value()) + " bytes."};
    return std::nullopt;
}

Refusal throttled()
{
    return {RefusalCode::RequestThrottled, "Rate exceeded: a FIFO queue takes 300 calls per second of each action."};
}

Refusal failed(const Problem& problem) { return {RefusalCode::InternalFailure, problem.text()}; }

} // namespace

Answer<std::vector<Answer<Sent>>> Queue::send(std::span<const NewMessage> batch, Time at)
{
    if (auto refusal = checkBatch(batch)) return *refusal;
    MutexLock lock(mutex_);
    const Time now = advance(at);
    FifoThroughput::Entries admitted = FifoThroughput::Entries().set();
    if (fifo_) {
        if (!throughput_.admit(FifoThroughput::Action::Send, now)) return throttled();
        std::vector<std::string_view> groups;
        for (const NewMessage& message : batch)
            groups.push_back(message.groupId);
        admitted = throughput_.admitEntries(FifoThroughput::Action::Send, groups, now);
    }
    std::vector<Answer<Sent>> answers;
    answers.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto refusal = checkMessage(batch[i], settings_);
        if (!refusal && !admitted[i]) refusal = throttled();
        answers.push_back(refusal ? Answer<Sent>(std::move(*refusal)) : sendOne(batch[i]));
    }
    return answers;
}

Answer<Sent> Queue::sendOne(const NewMessage& message)
{
    StoredEvent event;
    event.kind = EventKind::Sent;
    event.fifo = fifo_;
    std::string hash;
    Deduplication::Entry* first = nullptr;
    event.deduplicationId = message.deduplicationId;
    if (fifo_) {
        if (message.deduplicationId.empty()) event.deduplicationId = hash = sha256Hex(message.body);
        first = &deduplication_.claim(deduplicationKey(event.deduplicationId, message.groupId));
        if (first->known) return sentAs(first->number, 0, true);
    }
    const Duration delay = message.delay.value_or(settings_.delay);
    if (delay > Duration::zero()) event.until = now_ + delay;
    const std::string attributes = encodeMessageAttributes(message.attributes, message.traceHeader);
    event.attributes = attributes;
    const std::string extra = encode(event);
    Record record{message.groupId, message.body, extra, now_, 0};
    const auto position = log_->append(record);
    if (!position) {
        if (first) deduplication_.forget(*first);
        return failed(position.problem());
    }
    record.sequence = *position;
    event.sent = now_;
    store(event, record);
    if (first) deduplication_.remember(*first, record.sequence, now_, record.sequence);
    return sentAs(record.sequence, 0, false);
}

Answer<std::vector<Answer<Sent>>> Queue::moveIn(std::span<const DeadLetter> letters, Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    std::vector<Answer<Sent>> answers;
    answers.reserve(letters.size());
    for (const DeadLetter& letter : letters)
        answers.push_back(moveInOne(letter));
    return answers;
}

Answer<Sent> Queue::moveInOne(const DeadLetter& letter)
{
    if (fifo_ && letter.message.groupId.empty())
        return Refusal{RefusalCode::InvalidParameterValue,
                       "The dead-letter queue of a standard queue must be a standard queue."};
    // A source that was stopped before it had noted the move brings the message again.
    if (const Message* known = messages_.findForeign(letter.id)) return sentAs(known->number, letter.id, true);
    StoredEvent event;
    event.kind = EventKind::MovedIn;
    event.fifo = fifo_;
    if (settings_.delay > Duration::zero()) event.until = now_ + settings_.delay;
    event.foreignId = letter.id;
    event.sent = fifo_ ? now_ : letter.sent; // a standard queue keeps SentTimestamp, a FIFO queue resets it
    event.source = letter.source;
    event.state.receivesBefore = letter.receives;
    event.deduplicationId = letter.message.deduplicationId;
    const std::string attributes = encodeMessageAttributes(letter.message.attributes, letter.message.traceHeader);
    event.attributes = attributes;
    const std::string extra = encode(event);
    Record record{letter.message.groupId, letter.message.body, extra, now_, 0};
    const auto position = log_->append(record);
    if (!position) return failed(position.problem());
    record.sequence = *position;
    store(event, record);
    return sentAs(record.sequence, letter.id, false);
}

void Queue::store(const StoredEvent& event, const Record& record)
{
    Message message;
    message.number = message.position = message.order = record.sequence;
    message.sent = event.sent;
    message.entered = record.time;
    message.until = event.until;
    message.foreignId = event.foreignId;
    message.receivesBefore = event.state.receivesBefore;
    message.bytes = static_cast<std::uint32_t>(record.key.size() + record.data.size());
    message.state = event.until > now_ ? MessageState::Delayed : MessageState::Visible;
    messages_.add(message, record.key);
}

std::string Queue::deduplicationKey(std::string_view id, std::string_view groupId) const
{
    return Deduplication::key(id, settings_.deduplicatePerGroup ? groupId : std::string_view());
}

Sent Queue::sentAs(MessageNumber number, MessageId foreignId, bool duplicate) const
{
    return {foreignId != 0 ? foreignId : messageId(idSeed_, number), fifo_ ? sequenceNumber(number) : number,
            duplicate};
}

} // namespace streamwright::sqs
