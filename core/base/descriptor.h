// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptor: owns an open file and closes it. One owner; any thread.
#pragma once

#include <unistd.h>

#include <utility>

namespace streamwright {

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) { }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) { }
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

} // namespace streamwright
