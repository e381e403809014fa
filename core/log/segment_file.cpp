// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "core/base/descriptor.h"
#include "core/base/digest.h"
#include "core/base/file.h"

namespace streamwright {

namespace {

int writeAll(int file, std::string_view bytes, std::size_t offset)
{
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(n));
        offset += static_cast<std::size_t>(n);
    }
    return 0;
}

} // namespace

std::uint32_t headerChecksum(const SegmentFileHeader& header)
{
    const char* bytes = reinterpret_cast<const char*>(&header);
    constexpr std::size_t before = offsetof(SegmentFileHeader, crc);
    constexpr std::size_t after = before + sizeof header.crc;
    return crc32c({bytes + after, sizeof header - after}, crc32c({bytes, before}));
}

std::shared_ptr<SegmentFile> SegmentFile::toBeMade(std::string path, std::uint64_t firstSequence, std::uint64_t mark)
{
    SegmentFileHeader header{.firstSequence = firstSequence, .mark = mark};
    header.crc = headerChecksum(header);
    return std::shared_ptr<SegmentFile>(new SegmentFile(std::move(path), header, 0));
}

std::shared_ptr<SegmentFile> SegmentFile::existing(std::string path, std::uint64_t firstSequence, std::size_t size)
{
    return std::shared_ptr<SegmentFile>(new SegmentFile(std::move(path), {.firstSequence = firstSequence}, size));
}

Result<void> SegmentFile::write(std::span<const Piece> pieces)
{
    const int flags = isNew() ? O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC : O_WRONLY | O_CLOEXEC;
    const Descriptor file(::open(path_.c_str(), flags, 0644));
    if (file.get() < 0) return ioProblem("write", path_, errno);
    if (isNew()) {
        const std::string_view header(reinterpret_cast<const char*>(&header_), sizeof header_);
        if (const int error = writeAll(file.get(), header, 0)) return ioProblem("write", path_, error);
        written_ = sizeof header_;
    }
    for (const Piece& piece : pieces) {
        if (const int error = writeAll(file.get(), piece.bytes, piece.offset)) return ioProblem("write", path_, error);
        written_ = piece.offset + piece.bytes.size();
    }
    if (::fdatasync(file.get()) != 0) return ioProblem("sync", path_, errno);
    return {};
}

void SegmentFile::rollback()
{
    if (isNew()) {
        ::unlink(path_.c_str());
    } else {
        // Where this fails too, the next open finds records that were never acknowledged: allowed, only not promised.
        [[maybe_unused]] const int result = ::truncate(path_.c_str(), static_cast<off_t>(durable_));
    }
    written_ = durable_;
}

Result<void> SegmentFile::cutTo(std::size_t size)
{
    const Descriptor file(::open(path_.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0 || ::ftruncate(file.get(), static_cast<off_t>(size)) != 0 || ::fsync(file.get()) != 0) {
        return ioProblem("cut the torn end of", path_, errno);
    }
    written_ = durable_ = size;
    return {};
}

void SegmentFile::remove() { ::unlink(path_.c_str()); }

std::shared_ptr<const char> SegmentFile::map(std::size_t least)
{
    if (mapping_ && least <= mapped_) return mapping_;
    const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return nullptr;
    // Longer than the file is now: it grows under the mapping, and nobody reads beyond what is written.
    const std::size_t size = std::max(least, kLargestFile);
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (mapped == MAP_FAILED) return nullptr;
    mapping_ = std::shared_ptr<const char>(static_cast<const char*>(mapped),
                                           [size](const char* at) { ::munmap(const_cast<char*>(at), size); });
    mapped_ = size;
    return mapping_;
}

} // namespace streamwright
