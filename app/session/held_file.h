// SPDX-License-Identifier: GPL-3.0-or-later
// HeldFile: a file that says "its owner lives": locked as long as this object or its process is there, wherever the file
// system is shared (process ids are not: containers, other machines). Empty; removed at the end. One thread at a time.
#pragma once

#include <optional>
#include <string>

namespace streamwright {

class HeldFile {
public:
    HeldFile() = default;
    ~HeldFile() { release(); }
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;

    void hold(const std::string& file); // does nothing when it cannot be made or locked
    void release();

    // Whether somebody, this process included, holds it; none when the file system cannot tell or there is no such file.
    static std::optional<bool> isHeld(const std::string& file);

private:
    std::string file_;
    int descriptor_ = -1;
};

} // namespace streamwright
