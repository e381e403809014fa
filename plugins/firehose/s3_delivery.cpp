// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/s3_delivery.h"

#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

namespace {

constexpr std::size_t kMostInFlight = 64;

ByteCount sizeOf(const PendingObject& object)
{
    ByteCount size((*object.object)[0].data.size());
    if (!object.bundle.slices.empty() && object.bundle.slices.front().batch) size += object.bundle.bytes;
    return size;
}

} // namespace

Duration backoff(std::uint64_t failures, Random& random)
{
    Duration wait = kFirstBackoff;
    for (std::uint64_t n = 1; n < failures && wait < kLongestBackoff; ++n)
        wait *= 2;
    const double jitter = 1 - kBackoffJitter + 2 * kBackoffJitter * random.uniform();
    return Duration(static_cast<Duration::rep>(static_cast<double>(std::min(wait, kLongestBackoff).count()) * jitter));
}

void S3Delivery::add(PendingObject object)
{
    bytes_ += sizeOf(object);
    wait(++lastNumber_, std::move(object));
}

void S3Delivery::moveTo(Outlet& outlet)
{
    outlet_ = &outlet;
    for (auto& [id, sent] : std::exchange(inFlight_, {}))
        wait(sent.number, std::move(sent.object));
    failures_ = 0;
    notBefore_ = Time::min();
}

void S3Delivery::wait(Number number, PendingObject object)
{
    if (object.giveUpAt != kNever) deadlines_.emplace(object.giveUpAt, number);
    waiting_.emplace(number, std::move(object));
}

PendingObject S3Delivery::stopWaiting(Number number)
{
    auto node = waiting_.extract(number);
    deadlines_.erase({node.mapped().giveUpAt, number});
    return std::move(node.mapped());
}

S3Delivery::Results S3Delivery::takeAnswers(Time now, Random& random)
{
    Results results;
    const std::uint64_t failuresBefore = failures_;
    bool succeeded = false, failed = false;
    for (const Receipt& receipt : outlet_->takeReceipts()) {
        auto node = inFlight_.extract(receipt.delivery);
        CHECK(!node.empty());
        Sent& sent = node.mapped();
        ++sent.object.attempts;
        if (receipt.outcome == Outcome::Accepted && receipt.exceptions.empty()) {
            succeeded = true;
            bytes_ -= sizeOf(sent.object);
            results.delivered.push_back(std::move(sent.object));
        } else {
            failed = true;
            takeFailure(std::move(sent), receipt.reason, now, results);
        }
    }
    if (failed) {
        failures_ = (succeeded ? 0 : failuresBefore) + 1;
        notBefore_ = now + backoff(failures_, random);
    } else if (succeeded) {
        failures_ = 0;
    }
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        results.givenUp.push_back(stopWaiting(deadlines_.begin()->second));
        bytes_ -= sizeOf(results.givenUp.back());
    }
    return results;
}

void S3Delivery::takeFailure(Sent sent, const char* error, Time now, Results& results)
{
    results.failures.push_back(sent.object.kind);
    sent.object.lastError = error;
    if (sent.object.attempts == 1 && sent.object.retryFor != Duration::max())
        sent.object.giveUpAt = std::min(sent.object.giveUpAt, now + sent.object.retryFor);
    wait(sent.number, std::move(sent.object));
}

std::size_t S3Delivery::mostInFlight() const { return failing() ? 1 : kMostInFlight; }

void S3Delivery::send(Time now)
{
    if (failing() && now < notBefore_) return;
    while (!waiting_.empty() && inFlight_.size() < mostInFlight()) {
        const Number number = waiting_.begin()->first;
        PendingObject object = stopWaiting(number);
        const DeliveryId id = outlet_->send(object.object, 0, {}, 0, static_cast<std::uint32_t>(object.attempts + 1));
        inFlight_.emplace(id, Sent{number, std::move(object)});
    }
}

Time S3Delivery::nextTry() const
{
    if (waiting_.empty()) return kNever;
    const Time deadline = deadlines_.empty() ? kNever : deadlines_.begin()->first;
    return inFlight_.size() < mostInFlight() ? std::min(deadline, notBefore_) : deadline;
}

} // namespace streamwright::firehose
