// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/log_recovery.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/base/file.h"
#include "core/log/log_name.h"
#include "core/log/segment_scan.h"

namespace streamwright {

namespace {

std::string numbers(std::uint64_t from, std::uint64_t to)
{
    return to - from == 1 ? "record " + std::to_string(from)
                          : "records " + std::to_string(from) + " to " + std::to_string(to - 1);
}

// Only where the system has no more mappings to give.
Result<std::shared_ptr<const char>> readWhole(const std::string& path)
{
    auto text = readFile(path);
    if (!text) return text.problem();
    const auto kept = std::make_shared<const std::string>(*std::move(text));
    return std::shared_ptr<const char>(kept, kept->data());
}

class LogRecovery {
public:
    LogRecovery(const std::string& name, LogMark mark, const std::shared_ptr<BufferPool>& pool,
                std::vector<Problem>& findings)
        : name_(name),
          mark_(mark),
          findings_(findings),
          out_{.run = SegmentRun(pool, Checksum::Write)}
    {
    }

    Result<RecoveredLog> run(const std::map<std::uint64_t, std::string>& paths)
    {
        for (auto file = paths.begin(); file != paths.end(); ++file) {
            const auto following = std::next(file);
            newest_ = following == paths.end();
            end_ = newest_ ? 0 : following->first;
            path_ = &file->second;
            if (!newest_ && end_ <= mark_.first) {
                ::unlink(path_->c_str()); // a commit was cut off between the mark and the removal
                continue;
            }
            if (auto recovered = recoverFile(file->first); !recovered) return recovered.problem();
        }
        finish();
        return std::move(out_);
    }

private:
    Result<void> recoverFile(std::uint64_t firstSequence)
    {
        std::error_code error;
        const std::size_t size = std::filesystem::file_size(*path_, error);
        if (error) return ioProblem("read", *path_, error.value());
        const auto file = SegmentFile::existing(*path_, firstSequence, size);
        std::shared_ptr<const char> bytes = file->map(size);
        if (!bytes) {
            auto read = readWhole(*path_);
            if (!read) return read.problem();
            bytes = *std::move(read);
        }
        const std::string_view content(bytes.get(), size);
        auto headerSound = checkHeader(content, firstSequence);
        if (!headerSound) return headerSound.problem();
        const std::size_t begin = std::min(size, sizeof(SegmentFileHeader));
        SegmentScan scan =
            scanSegment(bytes, content, begin, std::max(firstSequence, out_.run.next()), out_.run.newestTime());
        reportMissing(firstSequence);
        out_.run.restoreNext(firstSequence, out_.run.newestTime());
        for (const Damage& damage : scan.damages)
            reportDamage(damage);
        const bool nothingSound = scan.segments.empty();
        for (Segment& segment : scan.segments)
            out_.run.restore(std::move(segment));
        if (newest_ && nothingSound && !*headerSound) return removeUnfinished(size);
        if (!*headerSound) report("the header is damaged; the records of the file are kept", 0);
        out_.files.push_back(file);
        if (newest_) return endNewest(file, scan.soundEnd, size, *headerSound);
        // What is missing at the end shows by where the next file begins.
        if (scan.soundEnd < size) reportDamage({scan.soundEnd, size, scan.next, std::max(scan.next, end_)});
        return {};
    }

    // Whether the header can be trusted; a problem when the file is of another version.
    Result<bool> checkHeader(std::string_view content, std::uint64_t firstSequence)
    {
        if (content.size() < sizeof(SegmentFileHeader)) return false;
        SegmentFileHeader header;
        std::memcpy(&header, content.data(), sizeof header);
        const bool sound = std::equal(std::begin(header.magic), std::end(header.magic), SegmentFileHeader::kMagic) &&
                           header.crc == headerChecksum(header) && header.firstSequence == firstSequence;
        if (sound && header.version != SegmentFileHeader::kVersion) {
            return Problem{ProblemCode::InvalidInput,
                           "the file has format version " + std::to_string(header.version) +
                               ", this program reads version 1: use the program that wrote it",
                           *path_};
        }
        if (sound) mark_.first = std::max(mark_.first, header.mark);
        return sound;
    }

    void report(std::string message, std::size_t byte)
    {
        findings_.push_back({ProblemCode::Corrupt, std::move(message), *path_ + ", byte " + std::to_string(byte)});
    }

    // Files that should lie between the last one and this are gone.
    void reportMissing(std::uint64_t firstSequence)
    {
        const std::uint64_t from = std::max(out_.run.next(), mark_.first);
        if (from >= firstSequence || reported_ >= firstSequence) return;
        report(numbers(from, firstSequence) + " of log " + name_ + " lost: no file before this one has them", 0);
    }

    void reportDamage(const Damage& damage)
    {
        reported_ = damage.lostTo;
        const std::uint64_t from = std::max(damage.lostFrom, mark_.first);
        if (from >= damage.lostTo && damage.lostFrom < damage.lostTo) return; // only trimmed records
        std::string what = damage.begin < damage.end
                               ? std::to_string(damage.end - damage.begin) + " bytes are damaged: "
                               : "the numbers jump: ";
        what += from < damage.lostTo ? numbers(from, damage.lostTo) : "no record";
        report(what + " of log " + name_ + " lost, everything else is kept", damage.begin);
    }

    // The crash came while the file was made.
    Result<void> removeUnfinished(std::size_t size)
    {
        if (size > 0) reportTorn(0, size);
        if (::unlink(path_->c_str()) != 0) return ioProblem("remove", *path_, errno);
        return {};
    }

    Result<void> endNewest(const std::shared_ptr<SegmentFile>& file, std::size_t soundEnd, std::size_t size,
                           bool headerSound)
    {
        if (soundEnd < size) {
            reportTorn(soundEnd, size);
            if (auto done = file->cutTo(soundEnd); !done) return done;
        }
        if (headerSound && soundEnd < SegmentFile::kLargestFile) {
            out_.current = file;
            out_.currentEnd = soundEnd;
        }
        return {};
    }

    void reportTorn(std::size_t from, std::size_t size)
    {
        const std::uint64_t next = std::max(out_.run.next(), mark_.first);
        report("the end of log " + name_ + " is torn, as a crash leaves it: " + std::to_string(size - from) +
                   " bytes cut off, all records before number " + std::to_string(next) + " kept",
               from);
    }

    void finish()
    {
        // Appending must not go back below the mark, nor leave a gap in the newest file.
        if (out_.run.next() < mark_.first) out_.current.reset();
        out_.run.restoreNext(mark_.first, mark_.newestTime);
        out_.run.trim(mark_.first);
    }

    const std::string& name_;
    LogMark mark_;
    std::vector<Problem>& findings_;
    RecoveredLog out_;
    const std::string* path_ = nullptr;
    bool newest_ = false;
    std::uint64_t end_ = 0; // where the next file begins; nothing for the newest
    std::uint64_t reported_ = 0; // losses below this are reported
};

} // namespace

Result<LogFiles> listLogFiles(const std::string& folder)
{
    LogFiles found;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (const auto name = parseSegmentFileName(entry->path().filename().string())) {
            found[name->log][name->firstSequence] = entry->path().string();
        }
    }
    if (error) return ioProblem("list", folder, error.value());
    return found;
}

Result<RecoveredLog> recoverLog(const std::string& name, const std::map<std::uint64_t, std::string>& paths,
                                LogMark mark, const std::shared_ptr<BufferPool>& pool, std::vector<Problem>& findings)
{
    return LogRecovery(name, mark, pool, findings).run(paths);
}

} // namespace streamwright
