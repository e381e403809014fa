// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/row_cache.h"

#include <QCoreApplication>
#include <QLocale>

#include "app/session/record_text.h"

namespace streamwright::gui {

namespace {

constexpr std::size_t kKept = 4096; // rows of a generation

QString timeOfDay(Time time) { return QString::fromStdString(isoTime(time)).mid(11, 12); }

} // namespace

const CachedRow* RowCache::find(std::uint64_t place) const
{
    if (const auto row = rows_.find(place); row != rows_.end()) return &row->second;
    const auto older = older_.find(place);
    if (older == older_.end()) return nullptr;
    return &rows_.insert(older_.extract(older)).position->second;
}

void RowCache::keep(std::uint64_t place, BrowseRow record)
{
    if (rows_.size() >= kKept) {
        older_ = std::move(rows_);
        rows_.clear();
    }
    CachedRow row;
    row.time = record.gone ? QCoreApplication::translate("RecordsModel", "gone") : timeOfDay(record.time);
    row.size = record.gone ? QString() : QLocale().toString(static_cast<qulonglong>(record.size));
    row.data = QString::fromStdString(previewOf(record.data, kPreview));
    row.record = std::move(record);
    rows_[place] = std::move(row);
}

void RowCache::clear()
{
    rows_.clear();
    older_.clear();
}

void RowCache::dropFrom(std::uint64_t place)
{
    const auto isBehind = [place](const auto& row) { return row.first >= place; };
    std::erase_if(rows_, isBehind);
    std::erase_if(older_, isBehind);
}

void RowCache::each(const std::function<void(std::uint64_t, const CachedRow&)>& visit) const
{
    for (const Rows* rows : {&older_, &rows_})
        for (const auto& [place, row] : *rows)
            visit(place, row);
}

} // namespace streamwright::gui
