// SPDX-License-Identifier: GPL-3.0-or-later
// BucketBrowser: a look into a bucket (browsable.h): a row is an object; its bytes are read, and decompressed, only when its
// content is asked for. Shares the bucket with its operator.
#pragma once

#include "core/runtime/browsable.h"
#include "plugins/stores/bucket.h"

namespace streamwright::stores {

class BucketBrowser : public Browsable {
public:
    explicit BucketBrowser(std::shared_ptr<Bucket> bucket) : bucket_(std::move(bucket)) { }

    std::vector<BrowsePart> parts() const override;
    std::shared_ptr<const BrowseView> view(const std::string& part, Time now) const override;
    Result<BrowseSent> send(const BrowseSend& record, Time now) override;
    bool takesRecords() const override { return false; }
    // The prefixes (what stands before a key's last slash) that objects came to.
    Result<LoadExplanation> explainLoad(const std::string& part, Time from, Time to) const override;

private:
    const std::shared_ptr<Bucket> bucket_;
};

} // namespace streamwright::stores
