// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment_scan.h"

#include <optional>

namespace streamwright {

namespace {

class Scanner {
public:
    Scanner(const std::shared_ptr<const void>& owner, std::string_view bytes, std::uint64_t next, Time newest)
        : owner_(owner),
          bytes_(bytes)
    {
        out_.next = next;
        out_.newestTime = newest;
    }

    SegmentScan run(std::size_t offset)
    {
        out_.soundEnd = offset;
        bool joined = false; // the frame at the offset follows a sound one directly
        while (offset < bytes_.size()) {
            const std::size_t found = isFrame(offset) ? offset : resynchronised(offset);
            if (found == bytes_.size()) break;
            const FrameHeader header = frameHeaderAt(bytes_.data() + found);
            if (found != offset || header.sequence != out_.next) {
                out_.damages.push_back({offset, found, out_.next, header.sequence});
                joined = false;
            }
            take(found, header, joined);
            offset = out_.soundEnd;
            joined = true;
        }
        return std::move(out_);
    }

private:
    // The cheap tests come first: a search through damage computes few checksums.
    bool isFrame(std::size_t offset) const
    {
        const std::string_view rest = bytes_.substr(offset);
        if (rest.size() < sizeof(FrameHeader)) return false;
        const FrameHeader header = frameHeaderAt(rest.data());
        if (header.sequence < out_.next || header.sequence == ~std::uint64_t{0}) return false;
        return Time(Duration(header.time)) >= out_.newestTime && isSoundFrame(rest);
    }

    // Where the next sound frame begins after the bad one at the offset; the end of the file if none does.
    std::size_t resynchronised(std::size_t offset) const
    {
        // If the sizes in the bad header are right, its successor is found without being misled by what data looks
        // like.
        if (bytes_.size() - offset >= sizeof(FrameHeader)) {
            const FrameHeader header = frameHeaderAt(bytes_.data() + offset);
            const std::size_t successor = offset + frameStride(header);
            if (successor < bytes_.size() && isFrame(successor) &&
                frameHeaderAt(bytes_.data() + successor).sequence == out_.next + 1) {
                return successor;
            }
        }
        while ((offset += kFrameAlignment) < bytes_.size()) {
            if (isFrame(offset)) return offset;
        }
        return bytes_.size();
    }

    void take(std::size_t offset, const FrameHeader& header, bool joined)
    {
        if (!joined) out_.segments.emplace_back(owner_, bytes_.data() + offset, header.sequence);
        out_.segments.back().take(header);
        out_.soundEnd = offset + frameStride(header);
        out_.next = header.sequence + 1;
        out_.newestTime = Time(Duration(header.time));
    }

    const std::shared_ptr<const void>& owner_;
    const std::string_view bytes_;
    SegmentScan out_;
};

} // namespace

SegmentScan scanSegment(const std::shared_ptr<const void>& owner, std::string_view bytes, std::size_t begin,
                        std::uint64_t next, Time newest)
{
    return Scanner(owner, bytes, next, newest).run(begin);
}

} // namespace streamwright
