// SPDX-License-Identifier: GPL-3.0-or-later
// ShardView: the records that some shards held at one moment, by their time (equal times by shard), to be read by index.
// Holds the shards, no records: what retention takes afterwards is shown as gone. Any thread.
#pragma once

#include "core/runtime/browsable.h"
#include "plugins/kinesis/shard.h"

namespace streamwright::kinesis {

// Positions [first, next) of a shard's log.
struct ShardSpan {
    std::shared_ptr<Shard> shard;
    Time created{};
    std::uint64_t first = 0, next = 0;
    std::uint64_t size() const { return next - first; }
};

// What the shard holds that came after the horizon.
ShardSpan shardSpan(std::shared_ptr<Shard> shard, Time created, Time horizon);

class ShardView : public BrowseView {
public:
    explicit ShardView(std::vector<ShardSpan> spans);

    std::uint64_t count() const override { return count_; }
    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const override;
    std::uint64_t indexAt(Time t) const override;
    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override;

private:
    // By span: where row number index begins, in the order of the view.
    std::vector<std::uint64_t> locate(std::uint64_t index) const;
    std::uint64_t before(const ShardSpan& span, Time t) const;
    std::vector<BrowseRow> rowsOf(const ShardSpan& span, std::uint64_t position, std::size_t most,
                                  ByteCount mostData) const;

    std::vector<ShardSpan> spans_; // none of them empty
    std::uint64_t count_ = 0;
    Time oldest_ = kNever, newest_{};
};

} // namespace streamwright::kinesis
