// SPDX-License-Identifier: GPL-3.0-or-later
// BufferBrowser: a look at what a delivery stream holds in its buffers (browsable.h), and puts by hand. BufferWindow is
// where the two meet: the operator's step holds it while it changes its buffers.
#pragma once

#include <memory>

#include "core/base/mutex.h"
#include "core/runtime/browsable.h"
#include "plugins/firehose/delivery_buffer.h"
#include "plugins/firehose/delivery_stream_resource.h"

namespace streamwright::firehose {

// Any thread.
struct BufferWindow {
    Mutex mutex;
    const DeliveryBuffer* buffer GUARDED_BY(mutex) = nullptr; // none when the operator is gone
};

class BufferBrowser : public Browsable {
public:
    BufferBrowser(std::shared_ptr<BufferWindow> window, std::shared_ptr<DeliveryStreamResource> stream, bool direct)
        : window_(std::move(window)),
          stream_(std::move(stream)),
          direct_(direct)
    {
    }

    std::vector<BrowsePart> parts() const override;
    std::shared_ptr<const BrowseView> view(const std::string& part, Time now) const override;
    Result<BrowseSent> send(const BrowseSend& record, Time now) override;
    bool takesRecords() const override { return direct_; }
    Result<LoadExplanation> explainLoad(const std::string& part, Time from, Time to) const override;

private:
    std::vector<Slice> slices() const;

    const std::shared_ptr<BufferWindow> window_;
    const std::shared_ptr<DeliveryStreamResource> stream_;
    const bool direct_;
};

} // namespace streamwright::firehose
