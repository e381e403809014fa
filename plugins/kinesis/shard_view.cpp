// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/shard_view.h"

#include <algorithm>
#include <limits>

#include "core/record/attributes.h"
#include "plugins/kinesis/sequence_number.h"

namespace streamwright::kinesis {

namespace {

constexpr ByteCount kAnySize{std::numeric_limits<std::uint64_t>::max()};

} // namespace

ShardSpan shardSpan(std::shared_ptr<Shard> shard, Time created, Time horizon)
{
    const ShardLog& log = shard->log();
    const std::uint64_t next = log.next();
    const std::uint64_t first = std::min(next, log.positionAt(horizon + Duration(1)));
    return {std::move(shard), created, first, next};
}

ShardView::ShardView(std::vector<ShardSpan> spans) : spans_(std::move(spans))
{
    std::erase_if(spans_, [](const ShardSpan& span) { return span.size() == 0; });
    for (const ShardSpan& span : spans_) {
        count_ += span.size();
        const LogRead oldest = span.shard->log().read(span.first, 1, kAnySize);
        if (!oldest.records.empty()) oldest_ = std::min(oldest_, oldest.records.front().time);
        newest_ = std::max(newest_, span.shard->log().newestTime());
    }
}

std::uint64_t ShardView::before(const ShardSpan& span, Time t) const
{
    return std::clamp(span.shard->log().positionAt(t), span.first, span.next) - span.first;
}

std::uint64_t ShardView::indexAt(Time t) const
{
    std::uint64_t index = 0;
    for (const ShardSpan& span : spans_)
        index += before(span, t);
    return index;
}

std::vector<std::uint64_t> ShardView::locate(std::uint64_t index) const
{
    if (spans_.size() == 1) return {spans_.front().first + index};
    // The last time before which no more than index rows came.
    Time low = oldest_, high = newest_ + Duration(1);
    while (high - low > Duration(1)) {
        const Time middle = low + (high - low) / 2;
        (indexAt(middle) <= index ? low : high) = middle;
    }
    std::vector<std::uint64_t> positions;
    std::uint64_t left = index - std::min(index, indexAt(low));
    for (const ShardSpan& span : spans_) {
        const std::uint64_t at = before(span, low);
        const std::uint64_t taken = std::min(left, before(span, low + Duration(1)) - at);
        left -= taken;
        positions.push_back(span.first + at + taken);
    }
    return positions;
}

std::vector<BrowseRow> ShardView::rows(std::uint64_t index, std::size_t most, ByteCount mostData) const
{
    if (index >= count_) return {};
    most = static_cast<std::size_t>(std::min<std::uint64_t>(most, count_ - index));
    const std::vector<std::uint64_t> positions = locate(index);
    if (spans_.size() == 1) return rowsOf(spans_.front(), positions.front(), most, mostData);
    // No shard gives more than all of them; the earliest of the heads comes next.
    struct Head {
        std::vector<BrowseRow> rows;
        std::size_t at = 0;
        std::uint64_t position = 0; // behind rows
    };
    std::vector<Head> heads(spans_.size());
    for (std::size_t i = 0; i < heads.size(); ++i)
        heads[i].position = positions[i];
    const std::size_t chunk = std::max<std::size_t>(1, 2 * most / heads.size());
    std::vector<BrowseRow> out;
    while (out.size() < most) {
        Head* earliest = nullptr;
        for (std::size_t i = 0; i < heads.size(); ++i) {
            Head& head = heads[i];
            if (head.at == head.rows.size()) {
                head.rows = rowsOf(spans_[i], head.position, chunk, mostData);
                head.position += head.rows.size();
                head.at = 0;
            }
            if (head.at < head.rows.size() &&
                (!earliest || head.rows[head.at].time < earliest->rows[earliest->at].time))
                earliest = &head;
        }
        if (!earliest) break;
        out.push_back(std::move(earliest->rows[earliest->at++]));
    }
    return out;
}

std::vector<BrowseRow> ShardView::rowsOf(const ShardSpan& span, std::uint64_t position, std::size_t most,
                                         ByteCount mostData) const
{
    std::vector<BrowseRow> rows;
    most = static_cast<std::size_t>(std::min<std::uint64_t>(most, span.next - std::min(position, span.next)));
    if (most == 0) return rows;
    const std::string part = shardIdOf(span.shard->index());
    const LogRead read = span.shard->log().read(position, most, kAnySize);
    for (std::uint64_t gone = position; gone < std::min(read.first, position + most); ++gone)
        rows.push_back({.part = part, .position = gone, .gone = true});
    for (const Record& record : read.records) {
        if (rows.size() == most || record.sequence >= span.next) break;
        BrowseRow row{.time = record.time,
                      .part = part,
                      .sequence =
                          SequenceNumber{span.created, span.shard->index(), record.sequence, record.time}.text(),
                      .position = record.sequence,
                      .key = std::string(record.key),
                      .size = record.data.size(),
                      .data = std::string(record.data.substr(0, mostData.value()))};
        for (const auto& [name, value] : decodeAttributes(record.extra))
            row.attributes.emplace_back(name, value);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<BrowseContent> ShardView::content(std::uint64_t index, ByteCount most) const
{
    std::vector<BrowseRow> found = rows(index, 1, most);
    if (found.empty() || found.front().gone)
        return Problem{ProblemCode::NotFound, "the record has left the retention period of the stream", ""};
    BrowseContent content;
    content.cut = found.front().data.size() < found.front().size;
    content.stored = found.front().data;
    content.plain = std::move(found.front().data);
    return content;
}

} // namespace streamwright::kinesis
