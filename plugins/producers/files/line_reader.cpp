// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/line_reader.h"

namespace streamwright::producers {

LineReader::Status LineReader::next()
{
    window_.drop(used_);
    used_ = 0;
    ++number_;
    for (std::size_t seen = 0;;) {
        const std::string_view text = window_.text();
        const auto end = text.find('\n', seen);
        if (end == text.npos && text.size() <= maximumSize_ + 1) {
            seen = text.size();
            if (window_.grow()) continue;
            if (window_.failure()) return Status::Failed;
            if (window_.text().empty()) return Status::End;
        }
        // The window may have moved, or lost a byte order mark, while it tried to grow.
        line_ = window_.text().substr(0, end);
        used_ = end == text.npos ? line_.size() : end + 1;
        if (line_.ends_with('\r')) line_.remove_suffix(1);
        if (line_.size() <= maximumSize_) return Status::Line;
        return end == text.npos ? passOver() : Status::TooLong;
    }
}

LineReader::Status LineReader::passOver()
{
    while (true) {
        const std::string_view text = window_.text();
        const auto end = text.find('\n');
        used_ = end == text.npos ? text.size() : end + 1;
        if (end != text.npos) return Status::TooLong;
        window_.drop(used_);
        used_ = 0;
        if (!window_.grow()) return window_.failure() ? Status::Failed : Status::TooLong;
    }
}

} // namespace streamwright::producers
