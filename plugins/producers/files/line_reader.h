// SPDX-License-Identifier: GPL-3.0-or-later
// LineReader: the lines of a text, ended by LF, CR LF or the end of the file, without their ends. A line longer than
// the maximum is passed over and told of. Lines are views that end with the next call. One owner, one thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "plugins/producers/files/text_window.h"

namespace streamwright::producers {

class LineReader {
public:
    enum class Status { Line, TooLong, End, Failed };

    LineReader(TextWindow& window, std::size_t maximumSize) : window_(window), maximumSize_(maximumSize) { }

    Status next();
    std::string_view line() const { return line_; }
    std::uint64_t number() const { return number_; } // of the line, from 1

private:
    Status passOver();

    TextWindow& window_;
    const std::size_t maximumSize_;
    std::string_view line_;
    std::size_t used_ = 0; // bytes of the window that the last line took
    std::uint64_t number_ = 0;
};

} // namespace streamwright::producers
