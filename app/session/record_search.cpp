// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_search.h"

#include <algorithm>
#include <ranges>

namespace streamwright {

namespace {

constexpr std::uint64_t kBlock = 256; // rows read at once
constexpr ByteCount kWhole = ByteCount::mib(64);

class NewestRows : public BrowseView {
public:
    NewestRows(std::shared_ptr<const BrowseView> all, std::uint64_t skipped) : all_(std::move(all)), skipped_(skipped)
    {
    }
    std::uint64_t count() const override { return all_->count() - skipped_; }
    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const override
    {
        return all_->rows(skipped_ + index, most, mostData);
    }
    std::uint64_t indexAt(Time t) const override { return std::max(all_->indexAt(t), skipped_) - skipped_; }
    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override
    {
        return all_->content(skipped_ + index, most);
    }

private:
    const std::shared_ptr<const BrowseView> all_;
    const std::uint64_t skipped_;
};

} // namespace

std::shared_ptr<const BrowseView> newestOf(std::shared_ptr<const BrowseView> view, std::uint64_t most)
{
    const std::uint64_t count = view->count();
    if (count <= most) return view;
    return std::make_shared<NewestRows>(std::move(view), count - most);
}

RecordSearch::RecordSearch(std::shared_ptr<const BrowseView> view, RecordFilter filter, std::uint64_t begin,
                           std::uint64_t end, bool newestFirst)
    : view_(std::move(view)),
      matcher_(std::move(filter)),
      begin_(std::min(begin, end)),
      end_(end),
      newestFirst_(newestFirst)
{
}

std::vector<std::uint64_t> RecordSearch::run(std::chrono::microseconds slice)
{
    std::vector<std::uint64_t> found;
    const auto until = std::chrono::steady_clock::now() + slice;
    do {
        const std::uint64_t count = std::min(kBlock, end_ - begin_);
        const std::uint64_t first = newestFirst_ ? end_ - count : begin_;
        const std::vector<BrowseRow> rows = view_->rows(first, count, kWhole);
        const std::size_t before = found.size();
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (!rows[i].gone && matcher_.matches(rows[i])) found.push_back(first + i);
        if (newestFirst_) std::reverse(found.begin() + static_cast<std::ptrdiff_t>(before), found.end());
        (newestFirst_ ? end_ : begin_) = newestFirst_ ? first : first + count;
        searched_ += count;
    } while (!done() && std::chrono::steady_clock::now() < until);
    return found;
}

std::vector<BrowseRow> rowsAt(const BrowseView& view, const std::vector<std::uint64_t>& indices, ByteCount mostData)
{
    std::vector<BrowseRow> all;
    all.reserve(indices.size());
    for (std::size_t at = 0; at < indices.size();) {
        std::size_t up = 1, down = 1;
        while (at + up < indices.size() && indices[at + up] == indices[at] + up)
            ++up;
        while (at + down < indices.size() && indices[at + down] + down == indices[at])
            ++down;
        const std::size_t run = std::max(up, down);
        std::vector<BrowseRow> rows = view.rows(up >= down ? indices[at] : indices[at] + 1 - run, run, mostData);
        if (up < down) std::ranges::reverse(rows);
        if (rows.size() != run) rows.resize(run, BrowseRow{.gone = true});
        std::ranges::move(rows, std::back_inserter(all));
        at += run;
    }
    return all;
}

std::optional<std::uint64_t> locate(const BrowseView& view, const BrowseRow& row)
{
    const std::uint64_t count = view.count();
    for (std::uint64_t at = view.indexAt(row.time); at < count; at += kBlock) {
        const std::vector<BrowseRow> rows = view.rows(at, kBlock, ByteCount(0));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].position == row.position && rows[i].part == row.part) return at + i;
            if (!rows[i].gone && rows[i].time > row.time) return {};
        }
        if (rows.size() < kBlock) break;
    }
    return {};
}

BrowseShift shiftBetween(const BrowseView& earlier, const BrowseView& later)
{
    if (earlier.count() == 0) return {true, 0, later.count()};
    if (later.count() == 0) return {true, earlier.count(), 0};
    const std::vector<BrowseRow> first = later.rows(0, 1, ByteCount(0));
    const std::vector<BrowseRow> last = earlier.rows(earlier.count() - 1, 1, ByteCount(0));
    if (first.empty() || last.empty()) return {};
    // Rows stand by time: when the later view begins behind the earlier one's end, nothing of that is left in it.
    if (!first.front().gone && !last.front().gone && first.front().time > last.front().time)
        return {true, earlier.count(), later.count()};
    const auto end = locate(later, last.front());
    const auto begin = locate(earlier, first.front());
    if (!begin) return {last.front().gone, earlier.count(), later.count()};
    if (end && *end + *begin + 1 == earlier.count()) return {true, *begin, later.count() - 1 - *end};
    // The earlier view was made in the middle of a moment, of which others came to stand between its rows.
    const std::uint64_t before = earlier.indexAt(last.front().time);
    if (before == 0 || before <= *begin) return {};
    const std::vector<BrowseRow> complete = earlier.rows(before - 1, 1, ByteCount(0));
    const auto place = complete.empty() ? std::nullopt : locate(later, complete.front());
    if (!place || *place + *begin + 1 != before) return {};
    return {true, *begin, later.count() - 1 - *place, earlier.count() - before};
}

} // namespace streamwright
