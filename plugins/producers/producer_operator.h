// SPDX-License-Identifier: GPL-3.0-or-later
// ProducerOperator: Local::Producer at run time: records of a workload, gathered into batches and put as an SDK client
// would. Owned by the engine.
#pragma once

#include <optional>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/producers/batch_schedule.h"
#include "plugins/producers/put_clients.h"
#include "plugins/producers/record_generator.h"

namespace streamwright::producers {

class ProducerOperator : public Operator {
public:
    explicit ProducerOperator(const NodeSetup& setup) : properties_(setup.properties) { }
    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;

private:
    RecordBatchPtr makeBatch(Random& random);

    Json properties_;
    std::optional<RecordGenerator> generator_;
    std::optional<BatchSchedule> schedule_;
    PutClients clients_;
};

// What the fields of the kind cannot say.
std::vector<Problem> checkProducer(const NodeSetup& setup);

} // namespace streamwright::producers
