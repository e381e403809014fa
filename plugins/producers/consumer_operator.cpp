// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/consumer_operator.h"

#include <algorithm>
#include <cmath>

#include "core/record/deaggregation.h"
#include "plugins/producers/files/time_text.h"

namespace streamwright::producers {

namespace {

constexpr Duration kBehind = seconds(60);
constexpr Duration kCaughtUp = seconds(10);
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr std::uint32_t kHeldUpAfter = 5; // attempts after which a held-up shard is reported
constexpr Duration kReportEvery = std::chrono::minutes(1);

bool same(const Window& a, const Window& b)
{
    return a.recordsPerBatch == b.recordsPerBatch && a.batchesPerLane == b.batchesPerLane && a.batches == b.batches;
}

bool isStream(const Inlet& inlet) { return inlet.edge().protocol == "shards"; }

} // namespace

Result<void> ConsumerOperator::open(Context& context)
{
    settings_ = ConsumerSettings::read(properties_);
    start_ = context.now();
    hours_.emplace(properties_, start_);
    metrics_ = {&context.metric("RecordsProcessed"),       &context.metric("ProcessingFailures"),
                &context.metric("RecordsSkipped"),         &context.metric("IteratorAgeMilliseconds"),
                &context.metric("MillisBehindLatest"),     &context.metric("RecordsBehind"),
                &context.metric("RecordsLostToRetention"), &context.metric("BusyWorkers")};
    const auto inlets = context.inlets("in");
    inlets_.assign(inlets.begin(), inlets.end());
    subscribe(context, hours_->workAt(start_));
    if (const Time change = hours_->nextChange(start_); change != kNever) context.wakeAt(change);
    return {};
}

void ConsumerOperator::step(Context& context)
{
    const Time now = context.now();
    takeDeliveries(context);
    for (; !backedOff_.empty() && backedOff_.begin()->first.first <= now; backedOff_.erase(backedOff_.begin()))
        waiting_.push_back(std::move(backedOff_.begin()->second));
    const bool working = hours_->workAt(now);
    subscribe(context, working);
    do {
        while (!running_.empty() && running_.begin()->first.first <= now)
            finish(context, std::move(running_.extract(running_.begin()).mapped()));
        while (working && !waiting_.empty() && running_.size() < settings_.workers) {
            JobPtr job = std::move(waiting_.front());
            waiting_.pop_front();
            workOn(context, std::move(job));
        }
    } while (!running_.empty() && running_.begin()->first.first <= now);
    if (!working) handBackWaiting();
    recordBusy();
    Time next = hours_->nextChange(now);
    for (const auto* jobs : {&running_, &backedOff_})
        if (!jobs->empty()) next = std::min(next, jobs->begin()->first.first);
    if (next != kNever) context.wakeAt(next);
}

// A stream hands out one batch a shard, so that every shard has its turn; a queue hands out only what workers are free
// for, since what is received there must be done before its visibility timeout.
void ConsumerOperator::subscribe(Context& context, bool working)
{
    const bool never = !asked_ && !working && settings_.start.kind == StartPosition::Kind::Latest;
    if (never) return; // LATEST means the tip at the time the fleet first works
    const Window streams{settings_.batchSize, 1, working ? kNoLimit : 0};
    const Window queues{settings_.batchSize, kNoLimit, working ? settings_.workers : 0};
    if (asked_ && same(*asked_, streams) && same(*askedOfQueues_, queues)) return;
    asked_ = streams;
    askedOfQueues_ = queues;
    for (Inlet* inlet : context.inlets("in"))
        inlet->subscribe({settings_.start, isStream(*inlet) ? streams : queues});
}

void ConsumerOperator::takeDeliveries(Context& context)
{
    for (Inlet* inlet : context.inlets("in")) {
        for (Delivery& delivery : inlet->takeDeliveries()) {
            if (isStream(*inlet)) {
                metrics_.behindMillis->record(inMilliseconds(delivery.behind.age));
                if (delivery.lost > 0) metrics_.lost->record(static_cast<double>(delivery.lost));
            }
            metrics_.behindRecords->record(static_cast<double>(delivery.behind.records));
            auto job = std::make_unique<Job>();
            job->inlet = inlet;
            job->isStream = isStream(*inlet);
            job->delivery = std::move(delivery);
            const RecordBatchPtr& batch = job->delivery.batch;
            job->records = job->isStream && settings_.deaggregate ? userRecords(batch) : batch;
            waiting_.push_back(std::move(job));
        }
    }
}

void ConsumerOperator::workOn(Context& context, JobPtr job)
{
    planRun(context, *job);
    const Duration time = settings_.workTime(job->until - job->done + (job->fails ? 1 : 0));
    if (time == Duration(0))
        finish(context, std::move(job));
    else
        running_.emplace(std::pair(context.now() + time, ++sequence_), std::move(job));
}

// Decides by chance how far the worker comes.
void ConsumerOperator::planRun(Context& context, Job& job)
{
    const RecordBatch& batch = *job.records;
    job.until = batch.size();
    job.fails = false;
    if (!settings_.canFail()) return;
    for (std::size_t i = job.done; i < batch.size(); ++i) {
        if (!settings_.fails(batch[i].key, context.random())) continue;
        if (job.isStream) {
            job.until = i;
            job.fails = true;
            return;
        }
        job.failed.push_back({static_cast<std::uint32_t>(i), Outcome::Failed});
    }
}

void ConsumerOperator::finish(Context& context, JobPtr job)
{
    if (job->isStream)
        finishStream(context, std::move(job));
    else
        finishQueue(context, *job);
}

void ConsumerOperator::finishStream(Context& context, JobPtr job)
{
    const RecordBatch& batch = *job->records;
    if (job->until > job->done) metrics_.processed->record(static_cast<double>(job->until - job->done));
    for (; job->done < job->until; ++job->done) {
        context.delivered(batch[job->done]);
        job->attempts = 0;
    }
    if (job->fails)
        failOnce(context, std::move(job));
    else
        answer(context, *job);
}

// The record at `done` has failed.
void ConsumerOperator::failOnce(Context& context, JobPtr job)
{
    const Record& record = (*job->records)[job->done];
    ++job->attempts;
    metrics_.failures->record(1);
    metrics_.age->record(inMilliseconds(context.now() - record.time));
    const bool givenUp = settings_.maxAttempts != 0 && job->attempts >= settings_.maxAttempts;
    const bool tell = givenUp || job->attempts == kHeldUpAfter;
    if (tell && context.now() >= nextReport_) {
        nextReport_ = context.now() + kReportEvery;
        context.report(Severity::Warning, "a record with the key " + std::string(record.key) + " failed " +
                                              std::to_string(job->attempts) + " times and " +
                                              (givenUp ? "was skipped" : "holds up its shard"));
    }
    if (!givenUp) {
        const Time again = context.now() + settings_.backOff(job->attempts, context.random());
        backedOff_.emplace(std::pair(again, ++sequence_), std::move(job));
        return;
    }
    metrics_.skipped->record(1);
    context.lost(1, "skipped after failures");
    job->attempts = 0;
    if (++job->done < job->records->size())
        waiting_.push_front(std::move(job));
    else
        answer(context, *job);
}

void ConsumerOperator::finishQueue(Context& context, Job& job)
{
    const RecordBatch& batch = *job.records;
    auto failed = job.failed.begin();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (failed != job.failed.end() && failed->index == i)
            ++failed;
        else
            context.delivered(batch[i]);
    }
    if (batch.size() > job.failed.size())
        metrics_.processed->record(static_cast<double>(batch.size() - job.failed.size()));
    if (!job.failed.empty()) metrics_.failures->record(static_cast<double>(job.failed.size()));
    answer(context, job);
}

void ConsumerOperator::answer(Context& context, Job& job)
{
    const RecordBatch& batch = *job.delivery.batch;
    const Duration age = context.now() - batch[batch.size() - 1].time;
    metrics_.age->record(inMilliseconds(age));
    tellWhenBehind(context, age);
    job.inlet->answer({job.delivery.id, Outcome::Accepted, std::move(job.failed), ""});
}

void ConsumerOperator::tellWhenBehind(Context& context, Duration age)
{
    if (!behind_ && age >= kBehind)
        context.report(Severity::Warning, "fell behind: what it processes is more than a minute old");
    else if (behind_ && age < kCaughtUp)
        context.report(Severity::Information, "has caught up");
    behind_ = behind_ ? age >= kCaughtUp : age >= kBehind;
}

// Outside the working hours nothing is held that nobody works on: the stream keeps its place, the queue its messages.
void ConsumerOperator::handBackWaiting()
{
    std::deque<JobPtr> kept;
    for (JobPtr& job : waiting_) {
        if (job->done > 0 || job->attempts > 0)
            kept.push_back(std::move(job));
        else
            job->inlet->answer({job->delivery.id, Outcome::Throttled, {}, ""});
    }
    waiting_ = std::move(kept);
}

void ConsumerOperator::recordBusy()
{
    if (busyRecorded_ == running_.size()) return;
    busyRecorded_ = running_.size();
    metrics_.busy->record(static_cast<double>(busyRecorded_));
}

Result<void> ConsumerOperator::apply(Context& context, const Json& properties)
{
    const double before = settings_.microsPerRecord;
    const StartPosition start = settings_.start;
    settings_ = ConsumerSettings::read(properties);
    settings_.start = start; // where the fleet began it has begun
    properties_ = properties;
    hours_.emplace(properties, start_);
    if (before == settings_.microsPerRecord || before <= 0) return {};
    // What is being worked on goes on at the new pace.
    const double factor = settings_.microsPerRecord / before;
    for (auto jobs = std::exchange(running_, {}); !jobs.empty();) {
        auto node = jobs.extract(jobs.begin());
        const double left = static_cast<double>((node.key().first - context.now()).count());
        node.key().first = context.now() + Duration(std::llround(std::max(left, 0.0) * factor));
        running_.insert(std::move(node));
    }
    return {};
}

// What came over an edge that is gone cannot be answered: its sender keeps it or has given it up.
bool ConsumerOperator::rewired(Context& context, const NodeSetup& setup)
{
    const auto inlets = context.inlets("in");
    const auto known = std::exchange(inlets_, {inlets.begin(), inlets.end()});
    const auto isGone = [&](const JobPtr& job) {
        return std::find(inlets.begin(), inlets.end(), job->inlet) == inlets.end();
    };
    std::erase_if(waiting_, isGone);
    for (auto* jobs : {&running_, &backedOff_})
        std::erase_if(*jobs, [&](const auto& entry) { return isGone(entry.second); });
    for (Inlet* inlet : inlets)
        if (asked_ && std::find(known.begin(), known.end(), inlet) == known.end())
            inlet->subscribe({settings_.start, isStream(*inlet) ? *asked_ : *askedOfQueues_});
    return setup.properties == properties_ || apply(context, setup.properties);
}

std::vector<Problem> checkConsumer(const NodeSetup& setup)
{
    const Json& properties = setup.properties;
    std::vector<Problem> problems;
    const auto bad = [&](const char* place, const char* message) {
        problems.push_back({ProblemCode::InvalidInput, message, place});
    };
    if (properties.contains("PausedUntil") && !timeOrSeconds(properties["PausedUntil"], Time{}))
        bad("/PausedUntil", "must be seconds since the start of the run or a time like 2026-01-31T12:00:00Z");
    if (properties.at("StartPosition") == "AT_TIMESTAMP" && !parseTime(properties.value("Timestamp", "")))
        bad("/Timestamp", "AT_TIMESTAMP needs a time like 2026-01-31T12:00:00Z");
    if (properties.contains("Schedule") &&
        properties["Schedule"].at("ForSeconds") > properties["Schedule"].at("EverySeconds"))
        bad("/Schedule/ForSeconds", "must not be longer than EverySeconds");
    return problems;
}

} // namespace streamwright::producers
