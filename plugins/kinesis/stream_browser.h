// SPDX-License-Identifier: GPL-3.0-or-later
// StreamBrowser: a look into a stream (browsable.h): its shards are the parts, their logs the rows. It reads the logs
// past the limits and metrics; expired records are not shown. Shares the stream with its operator.
#pragma once

#include "core/runtime/browse_gate.h"
#include "plugins/kinesis/put_metrics.h"
#include "plugins/kinesis/stream.h"

namespace streamwright::kinesis {

class StreamBrowser : public Browsable {
public:
    StreamBrowser(std::shared_ptr<Stream> stream, std::shared_ptr<PutMetrics> metrics,
                  std::shared_ptr<BrowseGate> gate);

    std::vector<BrowsePart> parts() const override;
    std::shared_ptr<const BrowseView> view(const std::string& part, Time now) const override;
    // Attributes: ExplicitHashKey.
    Result<BrowseSent> send(const BrowseSend& record, Time now) override;
    bool takesRecords() const override { return true; }
    Result<LoadExplanation> explainLoad(const std::string& part, Time from, Time to) const override;

private:
    const std::shared_ptr<Stream> stream_;
    const std::shared_ptr<PutMetrics> metrics_; // only behind the gate
    const std::shared_ptr<BrowseGate> gate_;
};

} // namespace streamwright::kinesis
