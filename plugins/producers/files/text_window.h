// SPDX-License-Identifier: GPL-3.0-or-later
// TextWindow: the part of a file that is being looked at. It grows at its end and is dropped at its begin, so that a
// reader holds no more than one record and one piece of the file. A byte order mark at the begin of the file is left
// out. Views end with the next grow(). One owner, one thread.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "plugins/producers/files/byte_source.h"

namespace streamwright::producers {

class TextWindow {
public:
    static constexpr std::size_t kPiece = 65'536;
    static constexpr std::size_t kPadding = 64; // readable bytes behind the text (simdjson looks ahead)

    explicit TextWindow(std::unique_ptr<ByteSource> source) : source_(std::move(source)) { }

    std::string_view text() const { return {buffer_.data() + begin_, end_ - begin_}; }
    // Adds a piece of the file behind the text; false at its end or when it could not be read (failure()).
    bool grow();
    void drop(std::size_t bytes);
    // Back to the begin of the file.
    void restart();
    const std::optional<Problem>& failure() const { return failure_; }
    std::size_t memory() const { return buffer_.size(); }

private:
    void makeRoom();

    const std::unique_ptr<ByteSource> source_;
    std::vector<char> buffer_ = std::vector<char>(kPadding);
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool atStart_ = true;
    std::optional<Problem> failure_;
};

} // namespace streamwright::producers
