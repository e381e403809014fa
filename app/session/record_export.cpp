// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_export.h"

#include <cerrno>
#include <cstdio>

#include "app/session/record_text.h"
#include "core/base/file.h"

namespace streamwright {

namespace {

std::string unfinished(const std::string& path) { return path + ".unfinished"; }

} // namespace

Result<std::unique_ptr<RecordExport>> RecordExport::open(const std::string& path)
{
    std::FILE* file = std::fopen(unfinished(path).c_str(), "wb");
    if (!file) return ioProblem("write", path, errno);
    std::unique_ptr<RecordExport> opened(new RecordExport(path, file));
    if (opened->csv_)
        if (auto head = opened->put(csvHead()); !head) return head.problem();
    return opened;
}

RecordExport::RecordExport(std::string path, std::FILE* file)
    : path_(std::move(path)),
      csv_(path_.ends_with(".csv") || path_.ends_with(".CSV")),
      file_(file)
{
}

RecordExport::~RecordExport()
{
    if (!file_) return;
    std::fclose(file_);
    std::remove(unfinished(path_).c_str());
}

Result<void> RecordExport::put(std::string_view text)
{
    size_ += ByteCount(text.size());
    if (size_ > kMost)
        return Problem{ProblemCode::LimitExceeded, "more than 4 GiB: filter the records, or save a shard at a time",
                       path_};
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) return ioProblem("write", path_, errno);
    return {};
}

Result<void> RecordExport::write(const BrowseRow& row)
{
    ++records_;
    return put(csv_ ? csvLine(row) : jsonLine(row));
}

Result<void> RecordExport::finish()
{
    const bool flushed = std::fflush(file_) == 0;
    const int error = errno;
    const bool closed = std::fclose(file_) == 0;
    file_ = nullptr;
    const std::string temporary = unfinished(path_);
    if (!flushed || !closed) {
        const Problem problem = ioProblem("write", path_, flushed ? errno : error);
        std::remove(temporary.c_str());
        return problem;
    }
    if (std::rename(temporary.c_str(), path_.c_str()) != 0) return ioProblem("rename", path_, errno);
    return {};
}

} // namespace streamwright
