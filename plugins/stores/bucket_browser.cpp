// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/bucket_browser.h"

#include <algorithm>

#include "core/metrics/top_keys.h"
#include "core/record/decompress.h"

namespace streamwright::stores {

namespace {

constexpr const char* kPart = "objects";
constexpr std::size_t kListed = 1000; // at once: the bucket is locked for so long
constexpr std::size_t kKeysTold = 10;

std::vector<ObjectInfo> allObjects(const Bucket& bucket)
{
    std::vector<ObjectInfo> all;
    std::string after;
    for (;;) {
        auto page = bucket.list({}, after, kListed);
        if (!page || page->empty()) break;
        after = page->back().key;
        std::move(page->begin(), page->end(), std::back_inserter(all));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.stored < b.stored; });
    return all;
}

class BucketView : public BrowseView {
public:
    explicit BucketView(std::shared_ptr<const Bucket> bucket)
        : bucket_(std::move(bucket)),
          objects_(allObjects(*bucket_))
    {
    }

    std::uint64_t count() const override { return objects_.size(); }

    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount) const override
    {
        std::vector<BrowseRow> rows;
        for (std::uint64_t i = index; i < objects_.size() && rows.size() < most; ++i)
            rows.push_back({.time = objects_[i].stored,
                            .part = kPart,
                            .position = i,
                            .key = objects_[i].key,
                            .size = objects_[i].size.value()});
        return rows;
    }

    std::uint64_t indexAt(Time t) const override
    {
        const auto at = std::partition_point(objects_.begin(), objects_.end(),
                                             [t](const ObjectInfo& object) { return object.stored < t; });
        return static_cast<std::uint64_t>(at - objects_.begin());
    }

    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override
    {
        if (index >= objects_.size()) return Problem{ProblemCode::NotFound, "there is no such object", ""};
        auto bytes = bucket_->read(objects_[index].key);
        if (!bytes) return bytes.problem();
        Decompressed plain = decompress(*bytes, most);
        BrowseContent content;
        content.cut = plain.cut;
        content.plain = std::move(plain.plain);
        content.format = std::move(plain.format);
        content.stored = std::move(*bytes);
        if (content.stored.size() > most.value()) content.stored.resize(most.value());
        return content;
    }

private:
    const std::shared_ptr<const Bucket> bucket_;
    const std::vector<ObjectInfo> objects_; // by the time they were stored
};

} // namespace

std::vector<BrowsePart> BucketBrowser::parts() const { return {{.name = kPart, .records = bucket_->totals().objects}}; }

std::shared_ptr<const BrowseView> BucketBrowser::view(const std::string&, Time) const
{
    return std::make_shared<BucketView>(bucket_);
}

Result<BrowseSent> BucketBrowser::send(const BrowseSend&, Time)
{
    return Problem{ProblemCode::InvalidInput, "a bucket takes objects from delivery streams only", ""};
}

Result<LoadExplanation> BucketBrowser::explainLoad(const std::string&, Time from, Time to) const
{
    LoadExplanation explanation;
    TopKeys prefixes(256);
    std::uint64_t bytes = 0;
    for (const ObjectInfo& object : allObjects(*bucket_)) {
        if (object.stored < from || object.stored >= to) continue;
        const auto slash = object.key.rfind('/');
        prefixes.add(std::string_view(object.key).substr(0, slash == std::string::npos ? 0 : slash + 1));
        bytes += object.size.value();
        ++explanation.records;
    }
    const double span = std::max(1.0, inSeconds(to - from));
    explanation.recordsPerSecond = static_cast<double>(explanation.records) / span;
    explanation.bytesPerSecond = static_cast<double>(bytes) / span;
    for (const TopKeys::Entry& entry : prefixes.top(kKeysTold)) {
        const auto all = static_cast<double>(explanation.records);
        explanation.keys.push_back({.key = entry.key,
                                    .share = static_cast<double>(entry.weight) / all,
                                    .shareAtLeast = static_cast<double>(entry.weight - entry.error) / all,
                                    .recordsPerSecond = static_cast<double>(entry.weight) / span});
    }
    return explanation;
}

} // namespace streamwright::stores
