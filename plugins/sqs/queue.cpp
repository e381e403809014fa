// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue.h"

#include <algorithm>
#include <limits>

#include "core/base/digest.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kNumbersPerEvent = 4096;
// What a record of the log costs beside its key and data, roughly: frame, index entry and the event's own fields.
constexpr std::uint64_t kRecordWeight = 64;
// At most so much is copied forward at once.
constexpr std::uint64_t kTidyWeight = 4 << 20;

} // namespace

Queue::Queue(Setup setup)
    : name_(std::move(setup.name)),
      idSeed_(stableHash(name_)),
      fifo_(setup.settings.fifo),
      deadLogTolerated_(setup.deadLogTolerated),
      log_(std::move(setup.log)),
      settings_(setup.settings),
      messages_(fifo_),
      throughput_(setup.settings.highThroughput),
      random_(setup.seed, name_)
{
    messages_.setScanReach(settings_.inFlightLimit);
}

Result<std::unique_ptr<Queue>> Queue::open(Setup setup, Time now)
{
    std::unique_ptr<Queue> queue(new Queue(std::move(setup)));
    MutexLock lock(queue->mutex_);
    if (auto replayed = queue->replay(); !replayed) return replayed.problem();
    queue->advance(now);
    return queue;
}

QueueSettings Queue::settings() const
{
    MutexLock lock(mutex_);
    return settings_;
}

void Queue::configure(const QueueSettings& settings, Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    CHECK(settings.fifo == fifo_);
    // A FIFO queue's delay applies to the messages that wait already, a standard queue's only to those to come.
    if (fifo_ && settings.delay != settings_.delay && appendEvent(encode(EventKind::DelayChanged, settings.delay)))
        messages_.changeDelay(settings.delay);
    if (settings.highThroughput != settings_.highThroughput) throughput_ = FifoThroughput(settings.highThroughput);
    settings_ = settings;
    messages_.setScanReach(settings.inFlightLimit);
    advance(at); // a shorter retention takes effect at once
}

QueueCounts Queue::counts(Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    return countsNow();
}

QueueCounts Queue::countsAsSeen()
{
    MutexLock lock(mutex_);
    return countsNow();
}

QueueCounts Queue::countsNow()
{
    QueueCounts counts;
    if (const Message* oldest = messages_.oldestOnItsPlace()) counts.oldestAge = now_ - oldest->entered;
    counts.visible = messages_.visible();
    counts.delayed = messages_.delayed();
    counts.notVisible = messages_.size() - counts.visible - counts.delayed;
    counts.groupsInFlight = fifo_ ? messages_.groupsInFlight() : 0;
    counts.bytes = ByteCount(messages_.bytes());
    return counts;
}

bool Queue::deliverable(Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    return messages_.inFlight() < settings_.inFlightLimit && messages_.next();
}

Time Queue::readyAt(FifoThroughput::Action action, Time at)
{
    MutexLock lock(mutex_);
    const Time now = advance(at);
    return fifo_ ? throughput_.readyAt(action, now) : now;
}

Time Queue::nextEvent() const
{
    MutexLock lock(mutex_);
    const Message* oldest = messages_.oldestSent();
    return std::min(messages_.nextDeadline(), oldest ? oldest->sent + settings_.retention : kNever);
}

std::size_t Queue::takeExpired()
{
    MutexLock lock(mutex_);
    return std::exchange(expired_, 0);
}

Time Queue::advance(Time at)
{
    now_ = std::max(now_, at);
    messages_.advance(now_);
    deduplication_.advance(now_);
    expire();
    return now_;
}

void Queue::expire()
{
    std::vector<MessageNumber> numbers;
    const auto note = [&]() REQUIRES(mutex_) {
        // Time would take them again on replay; the event is for a retention prolonged in between. A log that refuses
        // it refuses the next change too.
        if (!numbers.empty()) (void)appendEvent(encode(EventKind::Expired, numbers));
        expired_ += numbers.size();
        numbers.clear();
    };
    for (Message* oldest = messages_.oldestSent(); oldest && oldest->sent + settings_.retention <= now_;
         oldest = messages_.oldestSent()) {
        numbers.push_back(oldest->number);
        messages_.erase(*oldest);
        if (numbers.size() == kNumbersPerEvent) note();
    }
    note();
}

Result<std::uint64_t> Queue::appendEvent(const std::string& event)
{
    Record record;
    record.data = event;
    record.time = now_;
    return log_->append(record);
}

std::uint64_t Queue::liveWeight() const
{
    return messages_.bytes() + deduplication_.bytes() + (messages_.size() + deduplication_.size()) * kRecordWeight;
}

std::uint64_t Queue::tidyLog(Time at)
{
    MutexLock lock(mutex_);
    advance(at);
    const auto end = [this]() REQUIRES(mutex_) {
        const Message* message = messages_.oldestStored();
        const Deduplication::Entry* entry = deduplication_.oldestStored();
        return std::min(message ? message->position : log_->next(), entry ? entry->position : log_->next());
    };
    const std::uint64_t weight = log_->size().value() + (log_->next() - log_->first()) * kRecordWeight;
    const std::uint64_t wanted = 2 * liveWeight() + deadLogTolerated_.value();
    if (weight <= wanted) return end();
    const std::uint64_t enough = std::min(weight - wanted, kTidyWeight);
    const std::uint64_t last = log_->next(); // once round at most
    for (std::uint64_t copied = 0; copied < enough && end() < last;) {
        const std::uint64_t before = log_->size().value();
        if (!keepOldest()) break; // the log refuses: nothing may be trimmed beyond what is dead
        copied += log_->size().value() - before + kRecordWeight;
    }
    return end();
}

bool Queue::keepOldest()
{
    Message* message = messages_.oldestStored();
    Deduplication::Entry* entry = deduplication_.oldestStored();
    if (entry && (!message || entry->position <= message->position)) {
        const auto position = appendEvent(encode(DeduplicationEvent{entry->number, entry->first, entry->key}));
        if (position) deduplication_.relocate(*entry, *position);
        return static_cast<bool>(position);
    }
    const LogRead read = log_->read(message->position, 1, ByteCount(std::numeric_limits<std::uint64_t>::max()));
    CHECK(!read.records.empty() && read.first == message->position);
    auto event = decodeStored(read.records.front());
    CHECK(event);
    event->kind = EventKind::Kept;
    event->until = {};
    event->state = *message;
    if (message->state == MessageState::Held || message->state == MessageState::Moving)
        event->state.state = MessageState::Visible;
    const std::string extra = encode(*event);
    Record record = read.records.front();
    record.extra = extra;
    record.time = now_;
    const auto position = log_->append(record);
    if (position) messages_.relocate(*message, *position);
    return static_cast<bool>(position);
}

void Queue::trimLog(std::uint64_t position)
{
    MutexLock lock(mutex_);
    if (position > log_->first()) log_->trim(position);
}

} // namespace streamwright::sqs
