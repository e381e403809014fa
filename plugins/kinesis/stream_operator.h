// SPDX-License-Identifier: GPL-3.0-or-later
// StreamOperator: a Kinesis stream in a pipeline. Each delivery at "in" is a PutRecords call; each edge at "out" is a
// consumer that reads. See operator.h for who calls what.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/runtime/browse_gate.h"
#include "core/runtime/operator.h"
#include "plugins/kinesis/put_metrics.h"
#include "plugins/kinesis/stream.h"
#include "plugins/kinesis/stream_reader.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

class StreamOperator : public Operator {
public:
    explicit StreamOperator(const NodeSetup& setup);
    ~StreamOperator() override;

    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;
    void close(Context& context) override;
    std::shared_ptr<Browsable> browsable() override;
    std::shared_ptr<Resource> resource() override { return resource_; }

private:
    struct PlannedReshard {
        Time at;
        Json action;
    };

    void planResharding(Context& context);
    std::string reshardingKey(Context& context) const;
    void put(Context& context, Inlet& inlet, const Delivery& delivery);
    void noteThrottles(Context& context, const PutResult& result);
    void reshardWhatIsDue(Context& context);
    Result<void> reshard(Context& context, const Json& action);
    void reportShards(Context& context, const std::string& action);

    Json properties_;
    std::shared_ptr<Stream> stream_;
    std::vector<StreamReader> readers_;
    std::shared_ptr<PutMetrics> putMetrics_;
    std::shared_ptr<BrowseGate> gate_;
    std::shared_ptr<StreamResource> resource_;
    std::map<ShardIndex, Time> lastThrottle_;
    std::vector<PlannedReshard> planned_; // latest first
    Time opened_{};
    Time nextMaintenance_{};
};

// What only code can say: the number of fan-out consumers, the plan of resharding.
std::vector<Problem> checkStream(const NodeSetup& setup);

} // namespace streamwright::kinesis
