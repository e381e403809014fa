// SPDX-License-Identifier: GPL-3.0-or-later
// BucketOperator: an S3 bucket in a pipeline. Each record of a delivery at "in" is one PUT: key and bytes. It is the
// end of what it stores: stored objects count as delivered. See operator.h for who calls what.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/runtime/operator.h"
#include "core/runtime/resource.h"
#include "plugins/stores/bucket.h"

namespace streamwright::stores {

class BucketOperator : public Operator {
public:
    explicit BucketOperator(const NodeSetup& setup) : properties_(setup.properties) { }

    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;
    void close(Context& context) override;
    std::shared_ptr<Browsable> browsable() override;
    std::shared_ptr<Resource> resource() override { return resource_; }

private:
    // A delivery whose slowest put is decided later.
    struct Held {
        Inlet* inlet;
        Delivery delivery;
        Time arrived{};
    };

    void take(Context& context, const Held& held);
    void put(Context& context, const Held& held, std::uint32_t index, Receipt& receipt);
    void recordTotals(Context& context);

    Json properties_;
    std::shared_ptr<Bucket> bucket_;
    std::shared_ptr<Resource> resource_; // its name is all that clients see of it
    std::multimap<Time, Held> slow_; // by the time of the answer; equal times in the order of arrival
    bool saidForgotten_ = false;
    bool saidBroken_ = false;
    struct Metrics {
        Metric *putRequests, *clientErrors, *serverErrors, *bytesUploaded, *objects, *size, *latency;
    } metrics_{};
};

} // namespace streamwright::stores
