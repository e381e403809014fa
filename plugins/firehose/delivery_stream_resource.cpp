// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_stream_resource.h"

namespace streamwright::firehose {

namespace {

Problem runOver() { return {ProblemCode::Conflict, "the run is over: start it again to send", ""}; }

} // namespace

DeliveryStreamResource::DeliveryStreamResource(std::string name, Context& context, DeliveryStream* stream,
                                               DeliveryMetrics& metrics)
    : name_(std::move(name)),
      factsKey_("firehose/" + context.nodeId() + "/facts"),
      wake_(context.waker()),
      stream_(stream),
      metrics_(&metrics),
      store_(&context.store())
{
    if (const auto kept = store_->get(factsKey_)) {
        facts_ = DeliveryFacts::read(*kept);
        return;
    }
    facts_.created = context.now();
    store_->put(factsKey_, facts_.text());
}

Result<PutAnswer> DeliveryStreamResource::put(PutKind kind, const RecordBatchPtr& batch, Time now)
{
    const MutexLock lock(mutex_);
    if (!wake_) return runOver();
    if (!stream_ || drawing_.fromStream) return PutAnswer{.refusal = "InvalidArgumentException"};
    auto answer = stream_->putRecordBatch(batch, now);
    if (!answer) return answer;
    metrics_->recordPut(*batch, *answer, kind);
    if (!woken_.exchange(true)) wake_();
    return answer;
}

bool DeliveryStreamResource::direct() const
{
    const MutexLock lock(mutex_);
    return !drawing_.fromStream;
}

bool DeliveryStreamResource::encrypted() const
{
    const MutexLock lock(mutex_);
    return facts_.encryption.enabled;
}

DeliveryStreamResource::Drawing DeliveryStreamResource::drawing() const
{
    const MutexLock lock(mutex_);
    return drawing_;
}

DeliveryFacts DeliveryStreamResource::facts() const
{
    const MutexLock lock(mutex_);
    return facts_;
}

bool DeliveryStreamResource::change(const std::function<bool(DeliveryFacts&)>& change)
{
    const MutexLock lock(mutex_);
    if (!wake_ || !change(facts_)) return false;
    store_->put(factsKey_, facts_.text());
    return true;
}

void DeliveryStreamResource::draw(Drawing drawing, DeliveryStream* stream)
{
    const MutexLock lock(mutex_);
    drawing_ = std::move(drawing);
    stream_ = stream;
}

void DeliveryStreamResource::close()
{
    const MutexLock lock(mutex_);
    wake_ = nullptr;
    stream_ = nullptr;
    metrics_ = nullptr;
    store_ = nullptr;
}

} // namespace streamwright::firehose
