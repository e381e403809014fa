// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/channel.h"

#include <algorithm>

#include "core/base/check.h"

namespace streamwright {

std::string edgeKey(const std::string& fromNode, const std::string& fromPort, const std::string& toNode,
                    const std::string& toPort)
{
    return fromNode + "." + fromPort + ">" + toNode + "." + toPort;
}

const EdgeInfo& Outlet::edge() const { return channel_.edge_; }

DeliveryId Outlet::send(RecordBatchPtr batch, Lane lane, Backlog behind, std::uint64_t lost, std::uint32_t attempt)
{
    CHECK(batch && batch->size() > 0);
    const DeliveryId id = ++channel_.lastId_;
    channel_.outstanding_.emplace(id, Channel::UnderWay{lane, static_cast<std::uint32_t>(batch->size())});
    channel_.sent_.push_back({id, lane, std::move(batch), behind, lost, attempt});
    ++channel_.outstandingByLane_[lane];
    return id;
}

std::vector<Receipt> Outlet::takeReceipts() { return std::exchange(channel_.receipts_, {}); }

const std::optional<Subscription>& Outlet::subscription() const { return channel_.subscription_; }

bool Outlet::mayStart(Lane lane) const
{
    const Window window = channel_.subscription_ ? channel_.subscription_->window : Window{};
    return outstanding() < window.batches && outstanding(lane) < window.batchesPerLane;
}

std::size_t Outlet::outstanding() const { return channel_.outstanding_.size(); }

std::size_t Outlet::outstanding(Lane lane) const
{
    const auto found = channel_.outstandingByLane_.find(lane);
    return found == channel_.outstandingByLane_.end() ? 0 : found->second;
}

const EdgeInfo& Inlet::edge() const { return channel_.edge_; }

void Inlet::subscribe(Subscription subscription) { channel_.asked_ = subscription; }

std::vector<Delivery> Inlet::takeDeliveries() { return std::exchange(channel_.deliveries_, {}); }

void Inlet::answer(Receipt receipt) { channel_.answered_.push_back(std::move(receipt)); }

Channel::Channel(EdgeInfo edge) : edge_(std::move(edge)), outlet_(*this), inlet_(*this) { }

Channel::Exchanged Channel::exchange(Time now)
{
    Exchanged exchanged;
    for (auto& delivery : sent_) {
        ++flow_.deliveries;
        flow_.records += delivery.batch->size();
        flow_.bytes += delivery.batch->payload();
        flow_.behind = delivery.behind;
        if (tap_) tap_->add(now, delivery.lane, delivery.attempt, delivery.batch);
        deliveries_.push_back(std::move(delivery));
    }
    exchanged.receiverHasInput = !sent_.empty();
    sent_.clear();
    for (auto& receipt : answered_) {
        const auto found = outstanding_.find(receipt.delivery);
        if (found == outstanding_.end() && receipt.delivery <= forgotten_) continue;
        CHECK(found != outstanding_.end()); // answered twice, or never sent
        if (receipt.outcome != Outcome::Accepted || !receipt.exceptions.empty()) count(receipt, found->second.records);
        if (--outstandingByLane_[found->second.lane] == 0) outstandingByLane_.erase(found->second.lane);
        outstanding_.erase(found);
        receipts_.push_back(std::move(receipt));
    }
    exchanged.senderHasInput = !answered_.empty() || asked_.has_value();
    answered_.clear();
    if (asked_) subscription_ = std::exchange(asked_, std::nullopt);
    return exchanged;
}

void Channel::count(const Receipt& receipt, std::uint32_t records)
{
    const auto add = [this](Outcome outcome, std::uint64_t n) {
        if (outcome == Outcome::Throttled) flow_.throttled += n;
        if (outcome == Outcome::Failed) flow_.failed += n;
    };
    add(receipt.outcome, records - receipt.exceptions.size());
    for (const Receipt::Exception& exception : receipt.exceptions)
        add(exception.outcome, 1);
}

Channel::Flow Channel::takeFlow()
{
    flow_.outstanding = outstanding_.size();
    return std::exchange(flow_, {});
}

void Channel::replaceReceiver()
{
    std::vector<DeliveryId> unanswered;
    for (const auto& [id, underWay] : outstanding_)
        unanswered.push_back(id);
    std::sort(unanswered.begin(), unanswered.end());
    for (const DeliveryId id : unanswered)
        receipts_.push_back({id, Outcome::Throttled, {}, "ReceiverRestarted"});
    outstanding_.clear();
    outstandingByLane_.clear();
    deliveries_.clear();
    asked_.reset();
}

void Channel::replaceSender()
{
    forgotten_ = lastId_;
    outstanding_.clear();
    outstandingByLane_.clear();
    receipts_.clear();
    deliveries_.clear(); // not taken yet: the sender has them still, or never promised them
}

std::size_t Channel::waiting() const
{
    std::size_t records = 0;
    for (const auto* queue : {&sent_, &deliveries_})
        for (const auto& delivery : *queue)
            records += delivery.batch->size();
    return records;
}

} // namespace streamwright
