// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/bucket_operator.h"

#include <algorithm>

#include "plugins/stores/bucket_browser.h"
#include "plugins/stores/directory_store.h"
#include "plugins/stores/memory_store.h"

namespace streamwright::stores {

namespace {

class BucketResource : public Resource {
public:
    explicit BucketResource(std::string name) : name_(std::move(name)) { }
    const std::string& name() const override { return name_; }

private:
    const std::string name_;
};

} // namespace

Result<void> BucketOperator::open(Context& context)
{
    const std::string name = properties_.value("BucketName", context.nodeId());
    resource_ = std::make_shared<BucketResource>(name);
    std::unique_ptr<ObjectStore> objects;
    if (context.dataDirectory().empty()) {
        objects = std::make_unique<MemoryStore>(ByteCount::mib(properties_.at("KeepMegabytes").get<std::uint64_t>()));
    } else {
        auto directory = DirectoryStore::open(context.dataDirectory() + "/buckets/" + name);
        if (!directory) return directory.problem();
        objects = std::move(*directory);
    }
    bucket_ = std::make_shared<Bucket>(std::move(objects), FaultPlan(properties_.at("Faults")), context.now(),
                                       context.random().next());
    metrics_ = {&context.metric("PutRequests"),        &context.metric("4xxErrors"),
                &context.metric("5xxErrors"),          &context.metric("BytesUploaded"),
                &context.metric("NumberOfObjects"),    &context.metric("BucketSizeBytes"),
                &context.metric("TotalRequestLatency")};
    for (Inlet* inlet : context.inlets("in"))
        inlet->subscribe({});
    return {};
}

void BucketOperator::step(Context& context)
{
    bool worked = false;
    for (Inlet* inlet : context.inlets("in")) {
        for (Delivery& delivery : inlet->takeDeliveries()) {
            Held held{inlet, std::move(delivery), context.now()};
            const Duration late = bucket_->slowness(context.now());
            if (late > Duration(0)) {
                slow_.emplace(context.now() + late, std::move(held));
                continue;
            }
            take(context, held);
            worked = true;
        }
    }
    while (!slow_.empty() && slow_.begin()->first <= context.now()) {
        take(context, slow_.begin()->second);
        slow_.erase(slow_.begin());
        worked = true;
    }
    if (worked) recordTotals(context);
    if (!slow_.empty()) context.wakeAt(slow_.begin()->first);
}

void BucketOperator::take(Context& context, const Held& held)
{
    Receipt receipt;
    receipt.delivery = held.delivery.id;
    for (std::uint32_t i = 0; i < held.delivery.batch->size(); ++i)
        put(context, held, i, receipt);
    held.inlet->answer(std::move(receipt));
}

void BucketOperator::put(Context& context, const Held& held, std::uint32_t index, Receipt& receipt)
{
    const Record& object = (*held.delivery.batch)[index];
    metrics_.putRequests->record(1);
    metrics_.latency->record(inMilliseconds(context.now() - held.arrived));
    const auto answer = bucket_->put(object.key, {object.data, held.delivery.batch}, context.now());
    if (!answer && !saidBroken_)
        context.report(Severity::Error, "an object could not be stored; its PUT is answered with InternalError: " +
                                            answer.problem().text());
    saidBroken_ = !answer;
    const PutStatus status = answer ? answer->status : PutStatus::InternalError;
    metrics_.clientErrors->record(status == PutStatus::Refused ? 1 : 0);
    metrics_.serverErrors->record(status == PutStatus::SlowDown || status == PutStatus::InternalError ? 1 : 0);
    if (status == PutStatus::Stored) {
        metrics_.bytesUploaded->record(static_cast<double>(object.data.size()));
        context.delivered(object);
        return;
    }
    receipt.reason = answer ? answer->code : "InternalError";
    receipt.exceptions.push_back({index, status == PutStatus::SlowDown ? Outcome::Throttled : Outcome::Failed});
}

void BucketOperator::recordTotals(Context& context)
{
    const ObjectStore::Totals totals = bucket_->totals();
    metrics_.objects->record(static_cast<double>(totals.objects));
    metrics_.size->record(static_cast<double>(totals.size.value()));
    if (totals.forgotten == 0 || saidForgotten_) return;
    saidForgotten_ = true;
    context.report(Severity::Information,
                   "the memory for objects is full (KeepMegabytes): the oldest objects keep only their name, "
                   "size and digest; give the run a data directory to keep all bytes");
}

Result<void> BucketOperator::apply(Context&, const Json& properties)
{
    bucket_->setFaults(FaultPlan(properties.at("Faults")));
    properties_ = properties;
    return {};
}

bool BucketOperator::rewired(Context& context, const NodeSetup& setup)
{
    const auto inlets = context.inlets("in");
    std::erase_if(slow_, [&](const auto& entry) {
        return std::find(inlets.begin(), inlets.end(), entry.second.inlet) == inlets.end();
    });
    for (Inlet* inlet : inlets)
        inlet->subscribe({});
    return setup.properties == properties_ || apply(context, setup.properties);
}

void BucketOperator::close(Context& context)
{
    if (!slow_.empty())
        context.report(Severity::Information,
                       std::to_string(slow_.size()) + " slow PUTs were not answered before the end of the run");
}

std::shared_ptr<Browsable> BucketOperator::browsable() { return std::make_shared<BucketBrowser>(bucket_); }

} // namespace streamwright::stores
