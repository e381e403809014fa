// SPDX-License-Identifier: GPL-3.0-or-later
// FileSourceOperator: Local::FileSource at run time: replays the records of a file, gathered into batches and put as an
// SDK client would. Reads one batch ahead of the time. Owned by the engine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/producers/batch_schedule.h"
#include "plugins/producers/files/record_feed.h"
#include "plugins/producers/put_clients.h"
#include "plugins/producers/replay_pace.h"

namespace streamwright::producers {

class FileSourceOperator : public Operator {
public:
    explicit FileSourceOperator(const NodeSetup& setup);
    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;
    void close(Context& context) override;

private:
    enum class Reading { Record, Paused, Over };

    void plan(Context& context);
    Reading read(Context& context);
    bool startNextRound();
    void takeMalformed(Context& context);
    ByteCount nextSize() const;
    void addRecord();

    NodeSetup setup_;
    BatchLimits limits_;
    bool loop_ = false;
    ByteCount maxBatchBytes_;
    std::unique_ptr<RecordFeed> feed_;
    std::optional<ReplayPace> pace_;
    PutClients clients_;
    Metric* malformedMetric_ = nullptr;

    // The batch being gathered, and the record behind it that has been read already.
    BatchBuilder batch_;
    std::vector<Time> recorded_; // of the records of the batch
    Time firstDue_{}, lastDue_{};
    Time batchDue_ = kNever;
    bool hasNext_ = false;
    Time nextDue_{};

    bool over_ = false; // the file has no more
    bool paused_ = false; // reading goes on in the next step
    std::uint64_t number_ = 0; // of the record read last
    std::uint64_t roundRecords_ = 0;
    std::uint64_t round_ = 1;
    std::uint64_t complaints_ = 0; // in the first round
};

// What the fields of the kind cannot say: the file must be there and readable.
std::vector<Problem> checkFileSource(const NodeSetup& setup);

} // namespace streamwright::producers
