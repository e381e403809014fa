// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/held_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace streamwright {

void HeldFile::hold(const std::string& file)
{
    if (descriptor_ >= 0) return;
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return;
    }
    file_ = file;
    descriptor_ = descriptor;
}

void HeldFile::release()
{
    if (descriptor_ < 0) return;
    ::unlink(file_.c_str());
    ::close(descriptor_);
    descriptor_ = -1;
}

std::optional<bool> HeldFile::isHeld(const std::string& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return {};
    const bool free = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    const bool held = !free && errno == EWOULDBLOCK;
    ::close(descriptor);
    return free || held ? std::optional(held) : std::nullopt;
}

} // namespace streamwright
