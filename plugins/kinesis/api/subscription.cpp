// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/subscription.h"

#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

// Records that come sooner after an event go together into the next one.
constexpr Duration kGather = milliseconds(10);
// More than this the client must take first.
constexpr std::size_t kMostPending = std::size_t{4} << 20;

} // namespace

Subscription::Subscription(Setup setup)
    : setup_(std::move(setup)),
      until_(setup_.begun + kSubscriptionLife),
      position_(setup_.position),
      lastEvent_(setup_.begun)
{
}

void Subscription::begin()
{
    setup_.shard->listen(shared_from_this());
    pump();
}

void Subscription::pump()
{
    if (wishes_.fetch_add(1) != 0) return;
    std::uint32_t seen = 0;
    do {
        seen = wishes_.load();
        const MutexLock lock(mutex_);
        while (step()) { }
    } while (wishes_.fetch_sub(seen) != seen);
}

bool Subscription::step()
{
    if (ended_) return false;
    if (called_.exchange(false)) calledAt_ = kNever;
    if (setup_.sink->ended() || !setup_.stream->enter()) {
        finish();
        return false;
    }
    const Time now = setup_.host->now();
    bool more = false;
    if (now >= until_)
        finish();
    else if (!holdBack())
        more = push(now);
    setup_.stream->leave();
    return more;
}

// True while the client has not taken enough of what was sent.
bool Subscription::holdBack()
{
    if (undrained_) return true;
    if (setup_.sink->pending() < kMostPending) return false;
    undrained_ = true;
    setup_.sink->onDrained([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->undrained_ = false;
        self->pump();
    });
    callAt(until_);
    return undrained_;
}

bool Subscription::push(Time now)
{
    const Time heartbeat = std::min(lastEvent_ + kSubscriptionHeartbeat, until_);
    const bool waiting = setup_.shard->log().next() > position_ || setup_.shard->closed();
    if (!waiting && now < heartbeat) {
        callAt(heartbeat);
        return false;
    }
    const bool first = lastEvent_ == setup_.begun;
    if (!first && now < lastEvent_ + kGather && position_ + kGetRecordsMostRecords > setup_.shard->log().next()) {
        callAt(lastEvent_ + kGather);
        return false;
    }
    const GetResult got =
        setup_.shard->pushRecords(now, position_, kGetRecordsMostRecords, budget_, kEventMostBytes);
    if (got.throttled) {
        callAt(std::max(budget_.readyAt(0, now), now + milliseconds(1)));
        return false;
    }
    send(now, got);
    if (got.atEnd) finish();
    return !got.atEnd;
}

void Subscription::send(Time now, const GetResult& got)
{
    position_ = got.read.next;
    lastEvent_ = now;
    setup_.sink->event("SubscribeToShardEvent", [&](api::Writer& out) {
        out.beginMap();
        writeRecords(out, *setup_.shard, got.read, *setup_.stream->facts());
        if (got.atEnd)
            writeChildShards(out, setup_.stream->stream().shardMap(), setup_.shard->index());
        else
            out.member("ContinuationSequenceNumber",
                       resumingNumber(setup_.shard->created(), setup_.shard->index(), got.read.next, now).text());
        out.member("MillisBehindLatest", static_cast<std::int64_t>(got.behind / milliseconds(1)));
        out.endMap();
    });
    setup_.stream->readMetrics().event(now, setup_.shard->index(), setup_.consumer, got);
}

void Subscription::finish()
{
    ended_ = true;
    setup_.shard->unlisten(*this);
    setup_.sink->end();
}

void Subscription::end(const std::optional<api::ApiError>& error)
{
    {
        const MutexLock lock(mutex_);
        if (std::exchange(ended_, true)) return;
    }
    setup_.shard->unlisten(*this);
    setup_.sink->end(error); // not under the lock: it may call back
}

bool Subscription::ended() const
{
    const MutexLock lock(mutex_);
    return ended_ || setup_.sink->ended();
}

void Subscription::callAt(Time t)
{
    if (t >= calledAt_) return;
    calledAt_ = t;
    setup_.host->at(t, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->called_ = true;
        self->pump();
    });
}

} // namespace streamwright::kinesis
