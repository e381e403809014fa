// SPDX-License-Identifier: GPL-3.0-or-later
// SegmentFile: one file of a log: a header, then frames (FORMAT.md). Written at the end only; what is on disk is read
// through a mapping. Owned by its FileLog. write, rollback and remove belong to the commit in progress (one at a time);
// map is called under the log's lock. Offsets and sizes in bytes from the start of the file.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace streamwright {

struct SegmentFileHeader {
    static constexpr char kMagic[8] = {'S', 'W', 'L', 'O', 'G', 'S', 'E', 'G'};
    static constexpr std::uint32_t kVersion = 1;

    char magic[8] = {'S', 'W', 'L', 'O', 'G', 'S', 'E', 'G'};
    std::uint32_t version = kVersion;
    std::uint32_t crc = 0; // CRC-32C of all other bytes of the header
    std::uint64_t firstSequence = 0; // of the first frame
    std::uint64_t mark = 0; // records before this were trimmed when the file was made
};
static_assert(sizeof(SegmentFileHeader) == 32);

std::uint32_t headerChecksum(const SegmentFileHeader& header);

class SegmentFile {
public:
    static constexpr std::size_t kLargestFile = std::size_t{8} << 20; // but one record may need a larger one

    // A file to be made by the first write.
    static std::shared_ptr<SegmentFile> toBeMade(std::string path, std::uint64_t firstSequence, std::uint64_t mark);
    // A file that is there, sound up to the size.
    static std::shared_ptr<SegmentFile> existing(std::string path, std::uint64_t firstSequence, std::size_t size);

    struct Piece {
        std::size_t offset;
        std::string_view bytes;
    };
    // Writes the pieces and syncs the file (not its folder).
    Result<void> write(std::span<const Piece> pieces);
    // After a failed commit: takes back, as far as the system allows, what was written since the last confirm().
    void rollback();
    // What was written counts as durable from now on.
    void confirm() { durable_ = written_; }
    void remove();
    // Recovery: takes off what follows.
    Result<void> cutTo(std::size_t size);

    const std::string& path() const { return path_; }
    std::uint64_t firstSequence() const { return header_.firstSequence; }
    bool isNew() const { return durable_ == 0; }

    // The file's bytes, readable as far as they are written, valid as long as the pointer is held. least: so much must
    // fit; nothing when the system refuses.
    std::shared_ptr<const char> map(std::size_t least);

private:
    SegmentFile(std::string path, SegmentFileHeader header, std::size_t size)
        : path_(std::move(path)),
          header_(header),
          written_(size),
          durable_(size)
    {
    }

    const std::string path_;
    const SegmentFileHeader header_;
    std::size_t written_;
    std::size_t durable_;
    std::shared_ptr<const char> mapping_;
    std::size_t mapped_ = 0;
};

} // namespace streamwright
