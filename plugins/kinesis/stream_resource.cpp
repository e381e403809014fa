// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

StreamResource::StreamResource(std::string name, std::shared_ptr<Stream> stream, std::shared_ptr<PutMetrics> putMetrics,
                               Context& context)
    : name_(std::move(name)),
      factsKey_("kinesis/" + context.nodeId() + "/facts"),
      stream_(std::move(stream)),
      putMetrics_(std::move(putMetrics)),
      readMetrics_(context),
      store_(context.store()),
      wake_(context.waker())
{
}

Result<std::shared_ptr<StreamResource>> StreamResource::open(std::string name, std::shared_ptr<Stream> stream,
                                                             std::shared_ptr<PutMetrics> putMetrics, Context& context)
{
    std::shared_ptr<StreamResource> resource(
        new StreamResource(std::move(name), std::move(stream), std::move(putMetrics), context));
    const MutexLock lock(resource->mutex_);
    if (const auto stored = context.store().get(resource->factsKey_)) {
        const auto json = parseJson(*stored);
        if (!json) return json.problem();
        auto facts = StreamFacts::fromJson(*json);
        if (!facts) return facts.problem();
        resource->facts_ = std::make_shared<const StreamFacts>(std::move(*facts));
    } else {
        StreamFacts facts;
        facts.created = context.now();
        resource->store(std::move(facts));
    }
    return resource;
}

std::shared_ptr<const StreamFacts> StreamResource::facts() const
{
    const MutexLock lock(mutex_);
    return facts_;
}

void StreamResource::store(StreamFacts facts)
{
    store_.put(factsKey_, facts.toJson().dump());
    facts_ = std::make_shared<const StreamFacts>(std::move(facts));
}

StreamStatus StreamResource::status(Time now) const
{
    const MutexLock lock(mutex_);
    return statusAt(now);
}

void StreamResource::setStatus(StreamStatus status, Time until)
{
    const MutexLock lock(mutex_);
    status_ = status;
    until_ = until;
}

StreamStatus StreamResource::beginUpdate(Time now, Time until)
{
    const MutexLock lock(mutex_);
    const StreamStatus found = statusAt(now);
    if (found == StreamStatus::Active) {
        status_ = StreamStatus::Updating;
        until_ = until;
    }
    return found;
}

} // namespace streamwright::kinesis
