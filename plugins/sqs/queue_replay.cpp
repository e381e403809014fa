// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a queue: its log read from the front, each event applied as it was when it was new. Events of messages that
// are not known (their record was trimmed or copied forward since) say nothing and are passed over.
#include <limits>

#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {
constexpr std::size_t kRecordsPerRead = 1024;
constexpr ByteCount kBytesPerRead = ByteCount::mib(8);
} // namespace

Result<void> Queue::replay()
{
    for (std::uint64_t position = log_->first(); position < log_->next();) {
        const LogRead read = log_->read(position, kRecordsPerRead, kBytesPerRead);
        for (const Record& record : read.records)
            if (auto replayed = replay(record); !replayed) return replayed;
        position = read.next;
    }
    deduplication_.advance(now_);
    return {};
}

Result<void> Queue::replay(const Record& record)
{
    now_ = std::max(now_, record.time);
    messages_.advance(now_);
    const auto corrupt = [&] {
        return Problem{ProblemCode::Corrupt, "this is no event of a queue: remove the queue's log to begin anew",
                       place(record)};
    };
    const auto kind = eventKind(record);
    if (!kind) return corrupt();
    if (*kind > EventKind::Kept) {
        if (!replayOther(record, *kind)) return corrupt();
        return {};
    }
    const auto event = decodeStored(record);
    if (!event) return corrupt();
    if (event->fifo != fifo_)
        return Problem{ProblemCode::Conflict,
                       "the stored queue is of the other type: FifoQueue can only be chosen at creation, so set it "
                       "back or begin with another data directory",
                       place(record)};
    if (event->kind == EventKind::Kept) {
        replayKept(*event, record);
        return {};
    }
    store(*event, record);
    if (fifo_ && event->kind == EventKind::Sent) {
        const std::string key = deduplicationKey(event->deduplicationId, record.key);
        deduplication_.remember(deduplication_.claim(key), record.sequence, record.time, record.sequence);
    }
    return {};
}

void Queue::replayKept(const StoredEvent& event, const Record& record)
{
    if (Message* known = messages_.find(event.state.number)) messages_.erase(*known);
    Message message = event.state;
    message.position = record.sequence;
    message.sent = event.sent;
    message.foreignId = event.foreignId;
    message.bytes = static_cast<std::uint32_t>(record.key.size() + record.data.size());
    messages_.add(message, record.key);
}

std::string Queue::place(const Record& record) const
{
    return name_ + ", log position " + std::to_string(record.sequence);
}

bool Queue::replayOther(const Record& record, EventKind kind)
{
    if (kind == EventKind::Received || kind == EventKind::VisibilityChanged) {
        const auto messages = decodeVisibilities(record);
        for (const MessageVisibility& change : messages.value_or(std::vector<MessageVisibility>())) {
            Message* message = messages_.find(change.number);
            if (!message) continue;
            if (kind == EventKind::Received && message->state == MessageState::Visible) {
                messages_.hold(*message);
                messages_.receive(*message, change.until, now_, record.sequence);
            } else if (kind == EventKind::VisibilityChanged && message->state == MessageState::InFlight) {
                messages_.changeVisibility(*message, change.until, now_);
            }
        }
        return messages.has_value();
    }
    if (kind == EventKind::Deleted || kind == EventKind::Expired || kind == EventKind::MovedOut) {
        const auto numbers = decodeNumbers(record);
        for (const MessageNumber number : numbers.value_or(std::vector<MessageNumber>()))
            if (Message* message = messages_.find(number)) messages_.erase(*message);
        return numbers.has_value();
    }
    if (kind == EventKind::Purged) {
        messages_.clear();
        lastPurge_ = now_;
        return true;
    }
    if (kind == EventKind::DelayChanged) {
        const auto delay = decodeDuration(record);
        if (delay) messages_.changeDelay(*delay);
        return delay.has_value();
    }
    const auto entry = decodeDeduplication(record);
    if (!entry) return false;
    auto& claimed = deduplication_.claim(std::string(entry->key));
    deduplication_.remember(claimed, entry->number, entry->first, record.sequence);
    return true;
}

} // namespace streamwright::sqs
