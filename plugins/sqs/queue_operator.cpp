// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_operator.h"

#include <algorithm>

#include "plugins/sqs/queue_browser.h"
#include "plugins/sqs/queue_properties.h"

namespace streamwright::sqs {

namespace {
// The log is cut after so many records, or with the next sample of the gauges.
constexpr std::uint64_t kCutRecords = 4096;
} // namespace

QueueOperator::QueueOperator(const NodeSetup& setup)
    : kind_(setup.kind),
      properties_(setup.properties),
      settings_(settingsOf(properties_))
{
}

QueueOperator::~QueueOperator()
{
    if (gate_) gate_->close();
    if (resource_) resource_->close();
}

Result<void> QueueOperator::open(Context& context)
{
    auto log = context.store().log(context.nodeId() + "/queue");
    if (!log) return log.problem();
    auto queue = Queue::open({context.nodeId(), settings_, *log, context.random().next()}, context.now());
    if (!queue) return queue.problem();
    queue_ = std::move(*queue);
    const MetricSource metric = [&](std::string_view name) -> Metric& { return context.metric(name); };
    sendMetrics_ = std::make_shared<SendMetrics>(metric);
    const FindQueue findQueue = [&context, kind = kind_](std::string_view name) {
        return context.resource(kind, name);
    };
    resource_ = std::make_shared<QueueResource>(QueueResource::Setup{queueName(context.nodeId(), properties_),
                                                                     context.nodeId(), queue_, metric, context.store(),
                                                                     context.waker(), findQueue, context.now()});
    gate_ = std::make_shared<BrowseGate>(context.waker());
    intake_ = std::make_unique<QueueIntake>(context, *queue_, *sendMetrics_);
    deadLetters_ = std::make_unique<DeadLetterSender>(context, *resource_);
    gauges_ = std::make_unique<QueueGauges>(context);
    for (Outlet* outlet : context.outlets("out"))
        readers_.emplace_back(context, *queue_, *deadLetters_, *outlet);
    lost_ = &context.metric("MessagesLostToRetention");
    tellResource(context);
    context.wakeAt(context.now());
    return {};
}

void QueueOperator::step(Context& context)
{
    const Time now = context.now();
    const QueueResource::Asked asked = resource_->beginStep();
    for (const Received& dead : asked.dead)
        deadLetters_->add(context, dead);
    bool active = asked.called || now >= nextEvent_;
    for (QueueReader& reader : readers_)
        active |= reader.takeReceipts(context);
    for (Inlet* inlet : context.inlets("in"))
        active |= intake_->take(context, *inlet);
    active |= pollAll(context);
    active |= deadLetters_->step(context);
    countLost(context);
    const bool sampled = gauges_->step(*queue_, now, active);
    tidyLog(now, sampled);

    nextEvent_ = queue_->nextEvent();
    const Time polls = resource_->servePolls(now, asked.called);
    Time next = std::min({nextEvent_, gauges_->next(), deadLetters_->nextTry(), polls});
    for (QueueReader& reader : readers_)
        next = std::min(next, reader.next(now, settings_.receiveWait));
    resource_->endStep(next);
    if (next != kNever) context.wakeAt(next);
}

bool QueueOperator::pollAll(Context& context)
{
    if (readers_.empty()) return false;
    firstReader_ = (firstReader_ + 1) % readers_.size();
    // A message that stays visible after a receive (VisibilityTimeout 0, Disorder) must not be received without end.
    const std::size_t visible = queue_->counts(context.now()).visible;
    std::size_t received = 0, before = 0;
    do {
        before = received;
        for (std::size_t i = 0; i < readers_.size(); ++i)
            received += readers_[(firstReader_ + i) % readers_.size()].poll(context, settings_.receiveWait);
    } while (received > before && received < visible);
    return received > 0;
}

void QueueOperator::countLost(Context& context)
{
    const std::size_t expired = queue_->takeExpired();
    if (expired == 0) return;
    lost_->record(static_cast<double>(expired));
    context.lost(expired, "retention");
    if (!readers_.empty()) readers_[firstReader_].addLost(expired);
}

void QueueOperator::tidyLog(Time now, bool sampled)
{
    // What the last step copied forward is durable: the engine commits between two steps.
    if (copiedForward_ > cut_ && (sampled || copiedForward_ - cut_ >= kCutRecords)) {
        queue_->trimLog(copiedForward_);
        cut_ = copiedForward_;
    }
    copiedForward_ = queue_->tidyLog(now);
}

Result<void> QueueOperator::apply(Context& context, const Json& properties)
{
    settings_ = settingsOf(properties);
    properties_ = properties;
    queue_->configure(settings_, context.now());
    tellResource(context);
    context.wakeAt(context.now());
    return {};
}

// Messages in flight at a worker that is gone come back after their visibility timeout.
bool QueueOperator::rewired(Context& context, const NodeSetup& setup)
{
    for (QueueReader& reader : readers_)
        (void)reader.takeReceipts(context);
    std::vector<QueueReader> readers;
    for (Outlet* outlet : context.outlets("out")) {
        const auto found = std::find_if(readers_.begin(), readers_.end(),
                                        [&](const QueueReader& reader) { return reader.serves(*outlet); });
        if (found != readers_.end())
            readers.push_back(std::move(*found));
        else
            readers.emplace_back(context, *queue_, *deadLetters_, *outlet);
    }
    readers_ = std::move(readers);
    firstReader_ = 0;
    deadLetters_->rewire(context);
    tellResource(context);
    return setup.properties == properties_ || apply(context, setup.properties);
}

void QueueOperator::tellResource(Context& context)
{
    const auto edges = context.outlets("deadLetters");
    const auto policy = properties_.find("RedrivePolicy");
    resource_->setRedrive({policy == properties_.end() ? "" : policy->value("deadLetterTargetArn", ""),
                           edges.empty() ? "" : edges[0]->edge().toNode});
    resource_->setReaders(!context.outlets("out").empty());
}

void QueueOperator::close(Context&)
{
    gate_->close();
    resource_->close();
}

std::shared_ptr<Browsable> QueueOperator::browsable()
{
    return std::make_shared<QueueBrowser>(queue_, sendMetrics_, gate_);
}

} // namespace streamwright::sqs
