// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/buffer_browser.h"

#include <algorithm>

namespace streamwright::firehose {

namespace {

constexpr const char* kPart = "buffer";

// Shares the batches of the buffers: what is delivered meanwhile stays to be looked at.
class BufferView : public BrowseView {
public:
    explicit BufferView(std::vector<Slice> slices) : slices_(std::move(slices))
    {
        std::stable_sort(slices_.begin(), slices_.end(),
                         [](const Slice& a, const Slice& b) { return a.arrival(a.begin) < b.arrival(b.begin); });
        for (const Slice& slice : slices_) {
            begins_.push_back(count_);
            count_ += slice.size();
        }
    }

    std::uint64_t count() const override { return count_; }

    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const override
    {
        std::vector<BrowseRow> rows;
        for (; index < count_ && rows.size() < most; ++index) {
            const auto [slice, at] = find(index);
            const Record& record = (*slice.batch)[at];
            rows.push_back({.time = slice.arrival(at),
                            .part = kPart,
                            .position = index,
                            .key = std::string(record.key),
                            .size = record.data.size(),
                            .data = std::string(record.data.substr(0, mostData.value()))});
        }
        return rows;
    }

    std::uint64_t indexAt(Time t) const override
    {
        std::uint64_t low = 0, high = count_;
        while (low < high) {
            const std::uint64_t middle = low + (high - low) / 2;
            const auto [slice, at] = find(middle);
            if (slice.arrival(at) < t)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override
    {
        std::vector<BrowseRow> found = rows(index, 1, most);
        if (found.empty()) return Problem{ProblemCode::NotFound, "there is no such record", ""};
        BrowseContent content;
        content.cut = found.front().data.size() < found.front().size;
        content.stored = found.front().data;
        content.plain = std::move(found.front().data);
        return content;
    }

private:
    std::pair<const Slice&, std::uint32_t> find(std::uint64_t index) const
    {
        const auto behind = std::upper_bound(begins_.begin(), begins_.end(), index);
        const auto which = static_cast<std::size_t>(behind - begins_.begin()) - 1;
        return {slices_[which], slices_[which].begin + static_cast<std::uint32_t>(index - begins_[which])};
    }

    std::vector<Slice> slices_; // by the arrival of their first records
    std::vector<std::uint64_t> begins_;
    std::uint64_t count_ = 0;
};

} // namespace

std::vector<Slice> BufferBrowser::slices() const
{
    const MutexLock lock(window_->mutex);
    return window_->buffer ? window_->buffer->contents() : std::vector<Slice>{};
}

std::vector<BrowsePart> BufferBrowser::parts() const
{
    BrowsePart part{.name = kPart, .label = "waits for the next object"};
    for (const Slice& slice : slices())
        part.records += slice.size();
    return {part};
}

std::shared_ptr<const BrowseView> BufferBrowser::view(const std::string&, Time) const
{
    return std::make_shared<BufferView>(slices());
}

Result<BrowseSent> BufferBrowser::send(const BrowseSend& wanted, Time now)
{
    if (!direct_)
        return Problem{ProblemCode::InvalidInput,
                       "this delivery stream reads from a Kinesis stream: send the record to that", ""};
    BatchBuilder builder(1);
    builder.copy({wanted.key, wanted.data, {}, now, 0});
    const auto answer = stream_->put(PutKind::Batch, builder.build(), now);
    if (!answer) return answer.problem();
    if (answer->refusal == kThrottledError || !answer->throttled.empty())
        return Problem{ProblemCode::LimitExceeded,
                       std::string(kThrottledError) + ": the Direct PUT quota is used up; try again", ""};
    if (answer->refusal)
        return Problem{ProblemCode::InvalidInput, std::string(answer->refusal) + ": a record has at most 1,000 KiB",
                       ""};
    return BrowseSent{kPart, ""};
}

Result<LoadExplanation> BufferBrowser::explainLoad(const std::string&, Time from, Time to) const
{
    LoadExplanation explanation;
    const auto whole = view({}, to);
    explanation.records = whole->indexAt(to) - whole->indexAt(from);
    explanation.recordsPerSecond = static_cast<double>(explanation.records) / std::max(1.0, inSeconds(to - from));
    return explanation;
}

} // namespace streamwright::firehose
