// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/tap_browser.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/record/attributes.h"
#include "core/record/decompress.h"

namespace streamwright {

namespace {

std::string partOf(const TappedBatch& batch) { return "lane " + std::to_string(batch.lane); }

class TapView : public BrowseView {
public:
    explicit TapView(std::vector<TappedBatch> batches) : batches_(std::move(batches))
    {
        for (const TappedBatch& batch : batches_)
            ends_.push_back((ends_.empty() ? 0 : ends_.back()) + batch.batch->size());
    }

    std::uint64_t count() const override { return ends_.empty() ? 0 : ends_.back(); }
    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const override
    {
        std::vector<BrowseRow> rows;
        for (; index < count() && rows.size() < most; ++index) {
            const auto [batch, at] = find(index);
            rows.push_back(row(*batch, at, mostData));
        }
        return rows;
    }
    std::uint64_t indexAt(Time t) const override
    {
        const auto batch = std::ranges::lower_bound(batches_, t, {}, &TappedBatch::time) - batches_.begin();
        return batch == 0 ? 0 : ends_[static_cast<std::size_t>(batch - 1)];
    }
    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override
    {
        if (index >= count()) return Problem{ProblemCode::NotFound, "this record has passed the edge long ago", ""};
        const auto [batch, at] = find(index);
        const std::string_view data = (*batch->batch)[at].data;
        BrowseContent content;
        content.stored = data.substr(0, most.value());
        Decompressed plain = decompress(data, most);
        content.plain = std::move(plain.plain);
        content.format = std::move(plain.format);
        content.cut = plain.cut;
        return content;
    }

private:
    std::pair<const TappedBatch*, std::size_t> find(std::uint64_t index) const
    {
        const auto batch = static_cast<std::size_t>(std::ranges::upper_bound(ends_, index) - ends_.begin());
        return {&batches_[batch], static_cast<std::size_t>(index - (batch == 0 ? 0 : ends_[batch - 1]))};
    }
    static BrowseRow row(const TappedBatch& batch, std::size_t at, ByteCount mostData)
    {
        const Record& record = (*batch.batch)[at];
        BrowseRow row{.time = batch.time, .part = partOf(batch)};
        if (record.sequence > 0) row.sequence = std::to_string(record.sequence); // nothing has numbered it yet
        row.position = batch.number << 20 | at; // a batch has far fewer records
        row.key = record.key;
        row.size = record.data.size();
        row.data = decompress(record.data, mostData).plain;
        for (const auto& [name, value] : decodeAttributes(record.extra))
            row.attributes.emplace_back(name, value);
        if (batch.attempt > 1) row.attributes.emplace_back("Attempt", std::to_string(batch.attempt));
        return row;
    }

    const std::vector<TappedBatch> batches_;
    std::vector<std::uint64_t> ends_; // of the batches, in rows
};

class TapBrowser : public Browsable {
public:
    explicit TapBrowser(std::vector<TappedBatch> batches) : batches_(std::move(batches)) { }

    std::vector<BrowsePart> parts() const override
    {
        std::map<std::uint32_t, BrowsePart> parts;
        for (const TappedBatch& batch : batches_) {
            BrowsePart& part = parts[batch.lane];
            part.name = partOf(batch);
            part.records += batch.batch->size();
            part.next = part.records;
        }
        std::vector<BrowsePart> all;
        for (auto& [lane, part] : parts)
            all.push_back(std::move(part));
        return all;
    }
    std::shared_ptr<const BrowseView> view(const std::string& part, Time) const override
    {
        std::vector<TappedBatch> batches = batches_;
        if (!part.empty()) std::erase_if(batches, [&](const TappedBatch& batch) { return partOf(batch) != part; });
        return std::make_shared<TapView>(std::move(batches));
    }
    Result<BrowseSent> send(const BrowseSend&, Time) override
    {
        return Problem{ProblemCode::Conflict, "an edge takes no records: send into the node at its end", ""};
    }
    bool takesRecords() const override { return false; }
    Result<LoadExplanation> explainLoad(const std::string&, Time, Time) const override
    {
        return Problem{ProblemCode::NotFound, "an edge has no limit of its own", ""};
    }

private:
    const std::vector<TappedBatch> batches_;
};

} // namespace

std::shared_ptr<Browsable> browseTap(const Engine& engine, const std::string& edgeKey)
{
    return std::make_shared<TapBrowser>(engine.tapped(edgeKey));
}

} // namespace streamwright
