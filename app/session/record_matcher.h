// SPDX-License-Identifier: GPL-3.0-or-later
// RecordMatcher: puts a RecordFilter to many records. Keeps a JSON parser's buffers between them: one thread.
#pragma once

#include <memory>
#include <string_view>

#include "app/session/record_filter.h"
#include "core/runtime/browsable.h"

namespace streamwright {

class RecordMatcher {
public:
    explicit RecordMatcher(RecordFilter filter);
    ~RecordMatcher();
    RecordMatcher(RecordMatcher&&) noexcept;
    RecordMatcher& operator=(RecordMatcher&&) noexcept;

    // record: with all its data.
    bool matches(const BrowseRow& record);

private:
    struct Json;
    RecordFilter filter_;
    std::unique_ptr<Json> json_;
};

} // namespace streamwright
