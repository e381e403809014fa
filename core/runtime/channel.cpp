// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/channel.h"

#include "core/base/check.h"

namespace streamwright {

const EdgeInfo& Outlet::edge() const { return channel_.edge_; }

DeliveryId Outlet::send(RecordBatchPtr batch, Lane lane, Backlog behind, std::uint64_t lost, std::uint32_t attempt)
{
    CHECK(batch && batch->size() > 0);
    const DeliveryId id = ++channel_.lastId_;
    channel_.sent_.push_back({id, lane, std::move(batch), behind, lost, attempt});
    channel_.outstanding_.emplace(id, lane);
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

Channel::Exchanged Channel::exchange()
{
    Exchanged exchanged;
    for (auto& delivery : sent_)
        deliveries_.push_back(std::move(delivery));
    exchanged.receiverHasInput = !sent_.empty();
    sent_.clear();
    for (auto& receipt : answered_) {
        const auto found = outstanding_.find(receipt.delivery);
        CHECK(found != outstanding_.end()); // answered twice, or never sent
        if (--outstandingByLane_[found->second] == 0) outstandingByLane_.erase(found->second);
        outstanding_.erase(found);
        receipts_.push_back(std::move(receipt));
    }
    exchanged.senderHasInput = !answered_.empty() || asked_.has_value();
    answered_.clear();
    if (asked_) subscription_ = std::exchange(asked_, std::nullopt);
    return exchanged;
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
