// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/put_client.h"

#include <algorithm>

namespace streamwright::producers {

namespace {

constexpr Duration kLongestBackOff = seconds(20);
constexpr Duration kReportEvery = std::chrono::minutes(1);

Duration backOff(const PutSettings& settings, std::uint32_t attempt, Random& random)
{
    const std::int64_t doubled = settings.base.count() << std::min(attempt - 1, 30u);
    const std::int64_t most = std::min<std::int64_t>(doubled, kLongestBackOff.count());
    return Duration(static_cast<std::int64_t>(random.uniform() * static_cast<double>(most)) + 1);
}

// The records of the request that were not accepted, by index.
std::vector<std::uint32_t> refusedBy(const Receipt& receipt, std::size_t size)
{
    std::vector<std::uint32_t> refused;
    auto exception = receipt.exceptions.begin();
    for (std::uint32_t i = 0; i < size; ++i) {
        Outcome outcome = receipt.outcome;
        if (exception != receipt.exceptions.end() && exception->index == i) outcome = (exception++)->outcome;
        if (outcome != Outcome::Accepted) refused.push_back(i);
    }
    return refused;
}

} // namespace

PutSettings PutSettings::read(const Json& properties)
{
    const Json& retry = properties.at("Retry");
    return {retry.at("MaxAttempts").get<std::uint32_t>(),
            milliseconds(retry.at("BaseMilliseconds").get<std::int64_t>()),
            properties.at("MaxPendingRecords").get<std::uint64_t>(),
            ByteCount::mib(properties.at("MaxPendingMiB").get<std::uint64_t>())};
}

PutMetrics::PutMetrics(Context& context)
    : sent(context.metric("RecordsSent")),
      retried(context.metric("RecordsRetried")),
      put(context.metric("UserRecordsPut")),
      errors(context.metric("AllErrors")),
      dropped(context.metric("RecordsDropped")),
      buffering(context.metric("BufferingTime"))
{
}

void PutClient::send(Context& context, const PutSettings& settings, const RecordBatchPtr& batch, Duration waited)
{
    const bool tooMany = pending_ + batch->size() > settings.maxPending;
    if (tooMany || pendingBytes_ + batch->payload() > settings.maxPendingBytes) {
        const std::string bound =
            tooMany ? "MaxPendingRecords (" + std::to_string(settings.maxPending) + ")"
                    : "MaxPendingMiB (" + std::to_string(settings.maxPendingBytes.value() >> 20) + ")";
        drop(context, batch->size(), "the buffer is full",
             "more than " + bound + " wait; give the receiver more capacity");
        return;
    }
    pending_ += batch->size();
    pendingBytes_ += batch->payload();
    metrics_.sent.record(static_cast<double>(batch->size()));
    metrics_.buffering.record(inMilliseconds(waited));
    ready_.push_back({batch, batch, 1});
    sendReady();
}

Time PutClient::step(Context& context, const PutSettings& settings)
{
    for (const Receipt& receipt : outlet_.takeReceipts())
        take(context, settings, receipt);
    while (!later_.empty() && later_.begin()->first <= context.now()) {
        Request request = std::move(later_.extract(later_.begin()).mapped());
        metrics_.retried.record(static_cast<double>(request.batch->size()));
        ready_.push_back(std::move(request));
    }
    sendReady();
    return later_.empty() ? kNever : later_.begin()->first;
}

void PutClient::giveUp(Context& context, const PutSettings& settings)
{
    for (const Receipt& receipt : outlet_.takeReceipts())
        take(context, settings, receipt);
    if (pending_ > 0) drop(context, pending_, "the edge was removed", "the edge was removed while they waited");
}

void PutClient::sendReady()
{
    for (; !ready_.empty() && outlet_.mayStart(0); ready_.pop_front()) {
        Request& request = ready_.front();
        const DeliveryId id = outlet_.send(request.batch, 0, {}, 0, request.attempt);
        underWay_.emplace_hint(underWay_.end(), id, std::move(request));
    }
}

void PutClient::take(Context& context, const PutSettings& settings, const Receipt& receipt)
{
    auto node = underWay_.extract(receipt.delivery);
    CHECK(!node.empty()); // an answer to what was never sent
    Request& request = node.mapped();
    const std::size_t size = request.batch->size();
    std::vector<std::uint32_t> refused;
    if (receipt.outcome != Outcome::Accepted || !receipt.exceptions.empty()) refused = refusedBy(receipt, size);
    if (refused.size() < size) metrics_.put.record(static_cast<double>(size - refused.size()));
    if (refused.empty()) {
        settle(request, size);
        return;
    }
    metrics_.errors.record(static_cast<double>(refused.size()));
    if (request.attempt < settings.maxAttempts) {
        pending_ -= size - refused.size();
        retry(context, settings, std::move(request), refused);
        return;
    }
    settle(request, size);
    const std::string reason = *receipt.reason ? std::string(" (") + receipt.reason + ")" : std::string();
    drop(context, refused.size(), "retries exhausted",
         "refused in each of " + std::to_string(request.attempt) + " attempts" + reason +
             "; give the receiver more capacity or raise Retry");
}

void PutClient::retry(Context& context, const PutSettings& settings, Request request,
                      const std::vector<std::uint32_t>& refused)
{
    if (refused.size() < request.batch->size()) {
        BatchBuilder builder(refused.size());
        for (const std::uint32_t index : refused)
            builder.view((*request.batch)[index]);
        builder.keep(request.source);
        request.batch = builder.build();
    }
    const Time due = context.now() + backOff(settings, request.attempt, context.random());
    ++request.attempt;
    later_.emplace(due, std::move(request));
}

// Nothing of the request is waited for any more.
void PutClient::settle(const Request& request, std::size_t records)
{
    pending_ -= records;
    pendingBytes_ -= request.source->payload();
}

void PutClient::drop(Context& context, std::uint64_t records, const char* why, const std::string& remedy)
{
    metrics_.dropped.record(static_cast<double>(records));
    context.lost(records, why);
    droppedUntold_ += records;
    if (context.now() < nextReport_) return;
    nextReport_ = context.now() + kReportEvery;
    context.report(Severity::Warning, std::to_string(std::exchange(droppedUntold_, 0)) + " records for " +
                                          outlet_.edge().toNode + " dropped since the last such line: " + remedy);
}

} // namespace streamwright::producers
