// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/file_log.h"

#include <algorithm>

#include "core/log/log_name.h"

namespace streamwright {

namespace {

// A tail up to this size stays in memory after a commit; a larger one is read from its file.
constexpr std::size_t kLargestTail = std::size_t{16} << 10;
// A file all of whose records are trimmed is filled further up to this size, rather than making a new one each time.
constexpr std::size_t kWorthRemoving = std::size_t{1} << 20;

// The segments that a commit has not moved to their file yet are the last ones.
std::size_t firstInMemory(const std::vector<Segment>& segments)
{
    std::size_t index = segments.size();
    while (index > 0 && segments[index - 1].inMemory())
        --index;
    return index;
}

} // namespace

FileLog::FileLog(std::string name, std::string pathPrefix, RecoveredLog recovered, std::shared_ptr<CommitQueue> queue)
    : SegmentLog(std::move(name), std::move(recovered.run)),
      pathPrefix_(std::move(pathPrefix)),
      queue_(std::move(queue)),
      files_(std::move(recovered.files)),
      current_(std::move(recovered.current)),
      currentEnd_(recovered.currentEnd)
{
}

Result<std::uint64_t> FileLog::append(const Record& record)
{
    if (queue_->failed()) return queue_->failure();
    const MutexLock lock(mutex_);
    if (!accepts(record)) return refusal();
    enqueue();
    return take(record);
}

void FileLog::trim(std::uint64_t position)
{
    std::vector<Segment> gone; // let go after the lock
    const MutexLock lock(mutex_);
    const std::uint64_t before = run_.first();
    gone = run_.trim(position);
    if (run_.first() == before) return;
    markChanged_ = true;
    enqueue();
    collectTrimmedFiles(gone);
}

void FileLog::collectTrimmedFiles(const std::vector<Segment>& gone)
{
    const auto retire = [this](std::size_t count) REQUIRES(mutex_) {
        const auto end = files_.begin() + static_cast<std::ptrdiff_t>(count);
        trimmed_.insert(trimmed_.end(), files_.begin(), end);
        files_.erase(files_.begin(), end);
    };
    std::size_t passed = 0;
    while (passed + 1 < files_.size() && files_[passed + 1]->firstSequence() <= run_.first())
        ++passed;
    retire(passed);
    // Records that went before they were written would leave a gap in the newest file: the next ones start a new one.
    bool gap = false;
    if (!gone.empty() && gone.back().inMemory()) {
        const auto placed = std::find_if(placements_.begin(), placements_.end(), [&gone](const Placement& placement) {
            return placement.firstSequence == gone.back().firstSequence();
        });
        gap = placed == placements_.end() || placed->prepared < gone.back().used();
    }
    if (gap || (run_.segments().empty() && (!current_ || currentEnd_ >= kWorthRemoving))) {
        retire(files_.size());
        current_.reset();
    }
    std::erase_if(placements_, [this](const Placement& placement) REQUIRES(mutex_) {
        return run_.segments().empty() || placement.firstSequence < run_.segments().front().firstSequence();
    });
}

FileLog::Placement& FileLog::placementOf(const Segment& segment)
{
    for (Placement& placement : placements_) {
        if (placement.firstSequence == segment.firstSequence()) return placement;
    }
    // All of a segment lies in one file.
    if (!current_ || currentEnd_ + segment.capacity() > SegmentFile::kLargestFile) {
        current_ = SegmentFile::toBeMade(segmentPath(pathPrefix_, segment.firstSequence()), segment.firstSequence(),
                                         run_.first());
        currentEnd_ = sizeof(SegmentFileHeader);
        files_.push_back(current_);
    }
    return placements_.emplace_back(Placement{segment.firstSequence(), current_, currentEnd_});
}

FileLog::Part FileLog::prepare()
{
    const MutexLock lock(mutex_);
    queued_ = false;
    Part part;
    if (retired_) return part;
    const auto& segments = run_.segments();
    for (std::size_t i = firstInMemory(segments); i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        Placement& placement = placementOf(segment);
        if (placement.file == current_) currentEnd_ = placement.offset + segment.used();
        if (placement.prepared == segment.used()) continue;
        if (part.writes.empty() || part.writes.back().file != placement.file)
            part.writes.push_back({placement.file, {}, {}});
        const std::string_view bytes(segment.frames() + placement.prepared, segment.used() - placement.prepared);
        part.writes.back().pieces.push_back({placement.offset + placement.prepared, bytes});
        part.writes.back().owners.push_back(segment.owner());
        placement.prepared = segment.used();
    }
    if (markChanged_) part.mark = LogMark{run_.first(), run_.newestTime()};
    markChanged_ = false;
    part.trimmed = std::exchange(trimmed_, {});
    return part;
}

void FileLog::complete()
{
    std::vector<Segment> moved; // let go after the lock
    const MutexLock lock(mutex_);
    const auto& segments = run_.segments();
    for (std::size_t i = firstInMemory(segments); i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        const auto placed =
            std::find_if(placements_.begin(), placements_.end(), [&segment](const Placement& placement) {
                return placement.firstSequence == segment.firstSequence();
            });
        if (placed == placements_.end() || placed->prepared < segment.used()) break;
        if (i + 1 == segments.size() && segment.capacity() <= kLargestTail) break;
        const std::shared_ptr<const char> mapping = placed->file->map(placed->offset + segment.used());
        if (!mapping) break; // too many mappings: stays in memory
        auto [inMemory, index] = run_.replace(i, segment.movedTo(mapping, mapping.get() + placed->offset));
        moved.push_back(std::move(inMemory));
        placements_.erase(placed);
        i = index;
    }
}

void FileLog::announce()
{
    const MutexLock lock(mutex_);
    markChanged_ = true;
    enqueue();
}

std::vector<std::shared_ptr<SegmentFile>> FileLog::takeFiles()
{
    retire();
    const MutexLock lock(mutex_);
    std::vector<std::shared_ptr<SegmentFile>> all = std::exchange(files_, {});
    all.insert(all.end(), trimmed_.begin(), trimmed_.end());
    trimmed_.clear();
    current_.reset();
    placements_.clear();
    return all;
}

void FileLog::enqueue()
{
    if (queued_) return;
    queued_ = true;
    queue_->add(weak_from_this());
}

} // namespace streamwright
