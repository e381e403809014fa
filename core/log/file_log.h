// SPDX-License-Identifier: GPL-3.0-or-later
// FileLog: a log on disk. New records gather in memory; a commit writes them to the end of the newest file, syncs it,
// and then moves all but a small tail from memory to the file's mapping. Owned by a FileStore; any thread may append,
// read and trim; prepare and complete belong to the commit in progress (one at a time).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/log/commit_queue.h"
#include "core/log/segment_file.h"
#include "core/log/segment_log.h"

namespace streamwright {

// What trimming has done to a log, and the newest time, which no record may show any more.
struct LogMark {
    std::uint64_t first = 0;
    Time newestTime{};
};

// What recovery found of a log.
struct RecoveredLog {
    SegmentRun run;
    std::vector<std::shared_ptr<SegmentFile>> files; // with records at or after the mark, oldest first
    std::shared_ptr<SegmentFile> current; // the newest, if appending can go on there
    std::size_t currentEnd = 0; // its size
};

class FileLog final : public SegmentLog, public std::enable_shared_from_this<FileLog> {
public:
    FileLog(std::string name, std::string pathPrefix, RecoveredLog recovered, std::shared_ptr<CommitQueue> queue);

    Result<std::uint64_t> append(const Record& record) override EXCLUDES(mutex_);
    void trim(std::uint64_t position) override EXCLUDES(mutex_);

    struct FileWrite {
        std::shared_ptr<SegmentFile> file;
        std::vector<SegmentFile::Piece> pieces;
        std::vector<std::shared_ptr<const void>> owners; // of the pieces' bytes
    };
    struct Part {
        std::vector<FileWrite> writes;
        std::optional<LogMark> mark; // when it has changed
        std::vector<std::shared_ptr<SegmentFile>> trimmed; // to be removed once the mark is durable
    };
    // What of this log belongs into the commit that begins now.
    Part prepare() EXCLUDES(mutex_);
    // What prepare gave out is durable.
    void complete() EXCLUDES(mutex_);

    // Makes the log's existence (or mark) part of the next commit.
    void announce() EXCLUDES(mutex_);
    // Ends the log: forgets its records and returns its files.
    std::vector<std::shared_ptr<SegmentFile>> takeFiles() EXCLUDES(mutex_);

private:
    // Where in which file a segment that is still in memory belongs.
    struct Placement {
        std::uint64_t firstSequence;
        std::shared_ptr<SegmentFile> file;
        std::size_t offset;
        std::size_t prepared = 0; // so much of the segment has been given to a commit
    };

    void enqueue() REQUIRES(mutex_);
    Placement& placementOf(const Segment& segment) REQUIRES(mutex_);
    void collectTrimmedFiles(const std::vector<Segment>& gone) REQUIRES(mutex_);

    const std::string pathPrefix_;
    const std::shared_ptr<CommitQueue> queue_;
    bool queued_ GUARDED_BY(mutex_) = false;
    bool markChanged_ GUARDED_BY(mutex_) = false;
    std::vector<std::shared_ptr<SegmentFile>> files_ GUARDED_BY(mutex_); // oldest first
    std::shared_ptr<SegmentFile> current_ GUARDED_BY(mutex_); // the newest while there is room in it
    std::size_t currentEnd_ GUARDED_BY(mutex_) = 0;
    std::vector<Placement> placements_ GUARDED_BY(mutex_); // of the segments in memory seen by a commit, oldest first
    std::vector<std::shared_ptr<SegmentFile>> trimmed_ GUARDED_BY(mutex_);
};

} // namespace streamwright
