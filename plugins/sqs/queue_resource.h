// SPDX-License-Identifier: GPL-3.0-or-later
// QueueResource: a queue as the clients of its API have it: the calls of queue.h, counted in the node's metrics, with the
// long polls that wait for messages, the dead-letter queue that a redrive policy names, and the facts beyond the node's
// properties. Shared with the node's operator, which is woken when its consumers or its schedule are concerned and closes
// the resource: from then on every call is refused. Any thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/api/host.h"
#include "core/base/mutex.h"
#include "core/log/log_store.h"
#include "core/runtime/resource.h"
#include "plugins/sqs/poll_waiters.h"
#include "plugins/sqs/queue.h"
#include "plugins/sqs/queue_facts.h"
#include "plugins/sqs/send_metrics.h"

namespace streamwright::sqs {

// Another queue of the run by its name; null when there is none. Any thread.
using FindQueue = std::function<std::shared_ptr<Resource>(std::string_view name)>;

// Where messages go that were received too often.
struct Redrive {
    std::string targetArn; // of the redrive policy; may be empty
    std::string edgeNode; // at the end of the edge from the port deadLetters, which goes before the ARN; "" without one
};

class QueueResource : public Resource, public std::enable_shared_from_this<QueueResource> {
public:
    struct Setup {
        std::string name, node;
        std::shared_ptr<Queue> queue;
        MetricSource metric;
        LogStore& store; // must outlive close
        std::function<void()> wake; // Context::waker()
        FindQueue findQueue;
        Time now{};
    };
    explicit QueueResource(const Setup& setup);

    const std::string& name() const override { return name_; }
    const std::string& node() const { return node_; }
    // For looks: what changes it goes through the calls below.
    Queue& queue() const { return *queue_; }

    Answer<std::vector<Answer<Sent>>> send(std::span<const NewMessage> batch, Time at) EXCLUDES(gate_);
    // Dead messages leave for the dead-letter queue and are not in the answer.
    Answer<Received> receive(ReceiveRequest request, Time at) EXCLUDES(gate_, linkMutex_);
    void countEmptyReceive() EXCLUDES(gate_);
    Answer<std::vector<std::optional<Refusal>>> deleteMessages(std::span<const ReceiptHandle> handles, Time at)
        EXCLUDES(gate_);
    std::optional<Refusal> changeVisibility(const ReceiptHandle& handle, Duration timeout, Time at) EXCLUDES(gate_);
    Answer<std::size_t> purge(Time at) EXCLUDES(gate_);
    // What has left another queue.
    Answer<std::vector<Answer<Sent>>> moveIn(std::span<const DeadLetter> letters, Time at) EXCLUDES(gate_);
    // As Queue's, with finishMove or returnMove for each message afterwards.
    Answer<Received> takeOut(std::size_t most, Time at) EXCLUDES(gate_);
    void settleMove(std::span<const MessageNumber> moved, std::span<const MessageNumber> returned, Time at)
        EXCLUDES(gate_);

    // A long poll that found nothing: retry is called when there may be a message, and at the deadline.
    void await(api::Host& host, Time deadline, std::function<void()> retry) EXCLUDES(alarmMutex_);

    Time created() const { return created_; }
    QueueFacts facts() const EXCLUDES(factsMutex_);
    // Changes and stores them; false after the run.
    bool changeFacts(const std::function<void(QueueFacts&)>& change) EXCLUDES(gate_, factsMutex_);

    Redrive redrive() const EXCLUDES(linkMutex_);
    // Whether there is a queue of this one's type that the ARN of the redrive policy means.
    bool hasTarget() const { return target() != nullptr; }
    bool closed() const { return closed_; }
    // Puts dead messages into the queue of the redrive policy.
    void carry(const Received& received, Time at) EXCLUDES(gate_, linkMutex_);

    // For the operator.
    struct Asked {
        bool called = false; // there have been calls
        std::vector<Received> dead; // to be sent along the edge
    };
    Asked beginStep() EXCLUDES(deadMutex_);
    // Sees to it that messages find a poll that waits; when it wants to be called again. called: as beginStep said.
    Time servePolls(Time now, bool called);
    void endStep(Time nextStep) { nextStep_ = nextStep; }
    void setReaders(bool any) { readers_ = any; }
    void setRedrive(Redrive redrive) EXCLUDES(linkMutex_);
    void close() EXCLUDES(gate_, linkMutex_);

private:
    std::string factsKey() const { return "sqs/" + node_ + "/facts"; }
    std::shared_ptr<QueueResource> target() const EXCLUDES(linkMutex_);
    // After a call; so many messages more may be received.
    void touched(Time at, std::size_t messages) REQUIRES(gate_);
    void arm(api::Host& host) EXCLUDES(alarmMutex_);
    void alarm(api::Host& host, Time t) EXCLUDES(alarmMutex_);

    // Constant after construction.
    const std::string name_, node_;
    const std::shared_ptr<Queue> queue_; // synchronises itself
    Time created_{};

    Mutex gate_;
    std::function<void()> wake_ GUARDED_BY(gate_); // none once closed; what follows lives only as long
    SendMetrics sendMetrics_ GUARDED_BY(gate_);
    Metric &received_ GUARDED_BY(gate_), &empty_ GUARDED_BY(gate_), &deleted_ GUARDED_BY(gate_),
        &throttled_ GUARDED_BY(gate_), &moved_ GUARDED_BY(gate_), &movedIn_ GUARDED_BY(gate_);
    LogStore& store_ GUARDED_BY(gate_);

    mutable Mutex factsMutex_;
    QueueFacts facts_ GUARDED_BY(factsMutex_);

    mutable Mutex linkMutex_;
    Redrive redrive_ GUARDED_BY(linkMutex_);
    FindQueue findQueue_ GUARDED_BY(linkMutex_); // none once closed

    Mutex deadMutex_;
    std::vector<Received> dead_ GUARDED_BY(deadMutex_);

    PollWaiters waiters_; // synchronises itself
    Mutex alarmMutex_;
    Time alarmAt_ GUARDED_BY(alarmMutex_) = kNever;
    Time waitingSince_ = kNever; // of the operator's thread: messages and polls both wait

    std::atomic<bool> active_{false}, waking_{false}, readers_{false}, edge_{false}, closed_{false};
    std::atomic<Time> nextStep_{kNever};
};

} // namespace streamwright::sqs
