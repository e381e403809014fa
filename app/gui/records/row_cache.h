// SPDX-License-Identifier: GPL-3.0-or-later
// RowCache: the rows of a records table that have been read, with their texts, by place (RecordsModel says what that is).
// Two generations: what has not been looked at for thousands of rows goes with the older one. Owned by its model; GUI thread.
#pragma once

#include <QString>
#include <unordered_map>

#include "core/runtime/browsable.h"

namespace streamwright::gui {

struct CachedRow {
    BrowseRow record;
    QString time, size, data;
};

class RowCache {
public:
    static constexpr std::size_t kPreview = 300; // bytes of data a row shows

    // Null until it is kept.
    const CachedRow* find(std::uint64_t place) const;
    void keep(std::uint64_t place, BrowseRow record);
    void clear();
    void dropFrom(std::uint64_t place);
    void each(const std::function<void(std::uint64_t place, const CachedRow& row)>& visit) const;

private:
    using Rows = std::unordered_map<std::uint64_t, CachedRow>;
    mutable Rows rows_, older_;
};

} // namespace streamwright::gui
