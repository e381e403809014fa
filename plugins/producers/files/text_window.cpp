// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/text_window.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/check.h"

namespace streamwright::producers {

namespace {
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
}

bool TextWindow::grow()
{
    const std::size_t before = text().size();
    // At the begin of the file it reads on until it can tell whether there is a byte order mark.
    do {
        if (failure_) return false;
        makeRoom();
        const auto got = source_->read(buffer_.data() + end_, kPiece);
        if (!got) {
            failure_ = got.problem();
            return false;
        }
        if (*got == 0) break;
        end_ += *got;
    } while (atStart_ && text().size() < kByteOrderMark.size());
    if (std::exchange(atStart_, false) && text().starts_with(kByteOrderMark)) {
        drop(kByteOrderMark.size());
        return !text().empty() || grow();
    }
    return text().size() > before;
}

void TextWindow::makeRoom()
{
    if (buffer_.size() - kPadding - end_ >= kPiece) return;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t needed = end_ + kPiece + kPadding;
    if (needed > buffer_.size()) buffer_.resize(std::max(needed, buffer_.size() + buffer_.size() / 2));
}

void TextWindow::drop(std::size_t bytes)
{
    CHECK(bytes <= end_ - begin_);
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
}

void TextWindow::restart()
{
    begin_ = end_ = 0;
    atStart_ = true;
    failure_.reset();
    if (auto done = source_->rewind(); !done) failure_ = done.problem();
}

} // namespace streamwright::producers
