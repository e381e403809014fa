// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/failed_entries.h"

#include <algorithm>

namespace streamwright::api {

void FailedEntries::add(std::string_view code)
{
    ++count_;
    if (std::find(codes_.begin(), codes_.end(), code) == codes_.end()) codes_.emplace_back(code);
}

std::string FailedEntries::reason(std::size_t entries) const
{
    std::string text = std::to_string(count_) + " of " + std::to_string(entries) +
                       (entries == 1 ? " entry failed" : " entries failed");
    for (std::size_t i = 0; i < codes_.size(); ++i)
        text += (i == 0 ? ": " : ", ") + codes_[i];
    return text;
}

} // namespace streamwright::api
