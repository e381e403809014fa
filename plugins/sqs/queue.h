// SPDX-License-Identifier: GPL-3.0-or-later
// Queue: one SQS queue, standard or FIFO, by the service's rules. A resource: every method may be called from any
// thread, and the time comes in with the call (an earlier time than one seen before counts as that one). Every change
// is an event in the queue's log before it shows; it is durable after the next LogStore::commit(), and only then may it
// be acknowledged. Reopening replays the log. Bodies stay in the log and are never copied on a receive.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/mutex.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/log/shard_log.h"
#include "plugins/sqs/deduplication.h"
#include "plugins/sqs/event.h"
#include "plugins/sqs/fifo_throughput.h"
#include "plugins/sqs/message_index.h"
#include "plugins/sqs/message_rules.h"
#include "plugins/sqs/queue_settings.h"
#include "plugins/sqs/receive_attempts.h"
#include "plugins/sqs/refusal.h"

namespace streamwright::sqs {

struct Sent {
    MessageId id = 0;
    std::uint64_t sequence = 0; // SequenceNumber on FIFO queues
    bool duplicate = false; // deduplicated: nothing was enqueued
};

// Names one receive of one message.
struct ReceiptHandle {
    MessageNumber number = 0;
    std::uint32_t receive = 0; // the message's receive count then
    bool operator==(const ReceiptHandle&) const = default;
};

struct ReceiveRequest {
    std::size_t maximum = 1; // MaxNumberOfMessages
    std::optional<Duration> visibility;
    bool longPolling = false; // the caller waits: at the in-flight limit there is nothing, but no error
    std::string_view attemptId; // ReceiveRequestAttemptId
    bool again = false; // a long poll that looks again: counted as a call when it began
    bool keepsDead = false; // there is no dead-letter queue to be had: what is dead is received like everything else
};

// Views point into what Received owns.
struct ReceivedMessage {
    ReceiptHandle handle;
    MessageId id = 0;
    std::uint64_t sequence = 0; // SequenceNumber on FIFO queues, otherwise only ascending
    std::string_view groupId, body, deduplicationId;
    std::string_view attributes; // encoded (message_attributes.h)
    std::string_view source; // DeadLetterQueueSourceArn, or empty
    std::uint32_t receives = 0; // ApproximateReceiveCount
    Time sent{}, firstReceived{};
};

struct Received {
    std::vector<ReceivedMessage> messages;
    // Beyond maxReceiveCount: the caller puts them into the dead-letter queue and then calls finishMove, or returnMove.
    std::vector<ReceivedMessage> dead;
    std::vector<std::shared_ptr<const void>> owners;
};

struct DeadLetter {
    NewMessage message;
    MessageId id = 0; // by which a second try finds it again; 0: there is none
    Time sent{};
    std::string_view source; // DeadLetterQueueSourceArn; "": a move task brings it
    std::uint32_t receives = 0; // counted on from here
};

struct QueueCounts {
    std::size_t visible = 0;
    std::size_t notVisible = 0; // in flight, and moving to the dead-letter queue
    std::size_t delayed = 0;
    std::size_t groupsInFlight = 0;
    ByteCount bytes; // bodies and group ids
    Duration oldestAge{0}; // ApproximateAgeOfOldestMessage; 0 without one
};

struct Listed {
    MessageNumber number = 0;
    Time entered{};
};

// Messages looked at, those that are still there, in the order asked for. states is parallel to messages.
struct Peeked {
    struct State {
        MessageState state = MessageState::Visible;
        Time until{}; // of a delay or a visibility timeout
        Time entered{};
    };
    std::vector<ReceivedMessage> messages;
    std::vector<State> states;
    std::vector<std::shared_ptr<const void>> owners;
};

class Queue {
public:
    struct Setup {
        std::string name; // gives the message ids; the same on every opening
        QueueSettings settings;
        std::shared_ptr<ShardLog> log;
        std::uint64_t seed = 0; // of the disorder
        // The log is left alone until so much of it is dead, and then until more than half is.
        ByteCount deadLogTolerated = ByteCount::mib(1);
    };

    // Rebuilds the queue from its log. A log of the other type (standard or FIFO), or with bytes that are no events, is
    // a Problem.
    static Result<std::unique_ptr<Queue>> open(Setup setup, Time now);

    bool fifo() const { return fifo_; }

    // SendMessage (one) and SendMessageBatch: an answer for each, or a refusal of the whole call.
    Answer<std::vector<Answer<Sent>>> send(std::span<const NewMessage> batch, Time at) EXCLUDES(mutex_);
    // Puts in dead letters of another queue; they are no sends: neither limits nor deduplication apply.
    Answer<std::vector<Answer<Sent>>> moveIn(std::span<const DeadLetter> letters, Time at) EXCLUDES(mutex_);

    Answer<Received> receive(const ReceiveRequest& request, Time at) EXCLUDES(mutex_);
    // Visible messages for another queue, whatever was received of them: as dead ones.
    Received takeOut(std::size_t most, Time at) EXCLUDES(mutex_);
    void finishMove(std::span<const MessageNumber> numbers, Time at) EXCLUDES(mutex_);
    void returnMove(std::span<const MessageNumber> numbers, Time at) EXCLUDES(mutex_);

    // DeleteMessage (one) and DeleteMessageBatch: nothing for each that succeeded.
    Answer<std::vector<std::optional<Refusal>>> deleteMessages(std::span<const ReceiptHandle> handles, Time at)
        EXCLUDES(mutex_);
    std::optional<Refusal> changeVisibility(const ReceiptHandle& handle, Duration timeout, Time at) EXCLUDES(mutex_);
    // How many messages are gone.
    Answer<std::size_t> purge(Time at) EXCLUDES(mutex_);

    QueueSettings settings() const EXCLUDES(mutex_);
    // New attributes, in effect at once. The type never changes.
    void configure(const QueueSettings& settings, Time at) EXCLUDES(mutex_);

    QueueCounts counts(Time at) EXCLUDES(mutex_);
    // The same without bringing the queue to any time.
    QueueCounts countsAsSeen() EXCLUDES(mutex_);
    // A look that changes nothing (queue_peek.cpp): the messages in that state (or in any), in the order of their coming.
    // Walks in pieces: clients of the queue never wait for all of it. What comes meanwhile is left out.
    std::vector<Listed> list(std::optional<MessageState> state, Time at) EXCLUDES(mutex_);
    Peeked peek(std::span<const MessageNumber> numbers, Time at) EXCLUDES(mutex_);
    // Whether a receive would give a message (or find a dead one) now.
    bool deliverable(Time at) EXCLUDES(mutex_);
    // When the throughput limit admits a call of that action, if no other comes.
    Time readyAt(FifoThroughput::Action action, Time at) EXCLUDES(mutex_);
    // When a delay, a visibility timeout or a retention ends next; kNever.
    Time nextEvent() const EXCLUDES(mutex_);
    // Messages that retention has taken since the last call.
    std::size_t takeExpired() EXCLUDES(mutex_);

    // Keeps the log small: copies live messages at its front forward when most of it is dead, and returns the position
    // before which trimLog may cut it once a commit() has followed.
    std::uint64_t tidyLog(Time at) EXCLUDES(mutex_);
    void trimLog(std::uint64_t position) EXCLUDES(mutex_);

private:
    explicit Queue(Setup setup);

    // queue.cpp
    Time advance(Time at) REQUIRES(mutex_);
    QueueCounts countsNow() REQUIRES(mutex_);
    void expire() REQUIRES(mutex_);
    Result<std::uint64_t> appendEvent(const std::string& event) REQUIRES(mutex_);
    std::uint64_t liveWeight() const REQUIRES(mutex_);
    bool keepOldest() REQUIRES(mutex_);

    // queue_replay.cpp
    Result<void> replay() REQUIRES(mutex_);
    Result<void> replay(const Record& record) REQUIRES(mutex_);
    void replayKept(const StoredEvent& event, const Record& record) REQUIRES(mutex_);
    bool replayOther(const Record& record, EventKind kind) REQUIRES(mutex_);
    std::string place(const Record& record) const;

    // queue_send.cpp
    Answer<Sent> sendOne(const NewMessage& message) REQUIRES(mutex_);
    Answer<Sent> moveInOne(const DeadLetter& letter) REQUIRES(mutex_);
    void store(const StoredEvent& event, const Record& record) REQUIRES(mutex_);
    std::string deduplicationKey(std::string_view id, std::string_view groupId) const REQUIRES(mutex_);
    Sent sentAs(MessageNumber number, MessageId foreignId, bool duplicate) const REQUIRES(mutex_);

    // queue_receive.cpp
    struct Picked {
        std::vector<Message*> alive, dead;
    };
    Picked pick(std::size_t wanted, bool keepsDead) REQUIRES(mutex_);
    std::size_t skipped() REQUIRES(mutex_);
    Answer<Received> receivePicked(const Picked& picked, const ReceiveRequest& request) REQUIRES(mutex_);
    std::optional<Received> repeatAttempt(const ReceiveRequest& request) REQUIRES(mutex_);
    void rememberAttempt(std::string_view attemptId, std::span<Message* const> messages) REQUIRES(mutex_);
    void read(std::span<Message* const> messages, std::vector<ReceivedMessage>& into,
              std::vector<std::shared_ptr<const void>>& owners) const REQUIRES(mutex_);

    // queue_delete.cpp
    std::optional<Refusal> checkDelete(const ReceiptHandle& handle, bool admitted, std::vector<MessageNumber>& gone)
        REQUIRES(mutex_);
    FifoThroughput::Entries admitDeletes(std::span<const ReceiptHandle> handles) REQUIRES(mutex_);

    // Constant after construction.
    const std::string name_;
    const std::uint64_t idSeed_;
    const bool fifo_;
    const ByteCount deadLogTolerated_;
    const std::shared_ptr<ShardLog> log_; // synchronises itself; appends only under mutex_

    mutable Mutex mutex_;
    QueueSettings settings_ GUARDED_BY(mutex_);
    MessageIndex messages_ GUARDED_BY(mutex_);
    Deduplication deduplication_ GUARDED_BY(mutex_);
    FifoThroughput throughput_ GUARDED_BY(mutex_);
    ReceiveAttempts attempts_ GUARDED_BY(mutex_);
    Random random_ GUARDED_BY(mutex_);
    Time now_ GUARDED_BY(mutex_){}; // the latest seen
    std::optional<Time> lastPurge_ GUARDED_BY(mutex_);
    std::size_t expired_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright::sqs
