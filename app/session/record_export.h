// SPDX-License-Identifier: GPL-3.0-or-later
// RecordExport: records on their way into a file, JSONL or CSV by its name. The file appears when it is complete: until
// finish it bears a temporary name. One thread at a time.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/runtime/browsable.h"

namespace streamwright {

class RecordExport {
public:
    static constexpr ByteCount kMost = ByteCount::mib(4096);

    static Result<std::unique_ptr<RecordExport>> open(const std::string& path);
    // Unfinished: leaves nothing behind.
    ~RecordExport();
    RecordExport(const RecordExport&) = delete;
    RecordExport& operator=(const RecordExport&) = delete;

    // row: with all its data. A problem (a full disk, more than kMost) is final.
    Result<void> write(const BrowseRow& row);
    Result<void> finish();

    std::uint64_t records() const { return records_; }
    ByteCount size() const { return size_; }

private:
    RecordExport(std::string path, std::FILE* file);
    Result<void> put(std::string_view text);

    const std::string path_;
    const bool csv_;
    std::FILE* file_;
    std::uint64_t records_ = 0;
    ByteCount size_;
};

} // namespace streamwright
