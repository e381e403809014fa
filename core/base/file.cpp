// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/descriptor.h"

namespace streamwright {

namespace {

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

Result<void> writeAndSync(const std::string& path, std::string_view text)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return ioProblem("write", path, errno);
    while (!text.empty()) {
        const ssize_t n = ::write(file.get(), text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return ioProblem("write", path, errno);
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file.get()) != 0) return ioProblem("sync", path, errno);
    return {};
}

} // namespace

Problem ioProblem(const char* doing, const std::string& path, int error)
{
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    std::string message = std::string("cannot ") + doing + ": " + std::strerror(error);
    if (error == EFBIG)
        message += "; raise the limit on file sizes (ulimit -f)";
    else if (full)
        message += "; free some space there, or choose another place";
    return {full ? ProblemCode::DiskFull : (error == ENOENT ? ProblemCode::NotFound : ProblemCode::Io), message, path};
}

Result<void> syncFolder(const std::string& path)
{
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0) return ioProblem("sync", path, errno);
    return {};
}

Result<std::string> readFile(const std::string& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return ioProblem("read", path, errno);
    std::string text;
    char buffer[1 << 16];
    while (true) {
        const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return ioProblem("read", path, errno);
        if (n == 0) return text;
        text.append(buffer, static_cast<std::size_t>(n));
    }
}

Result<void> writeFileAtomically(const std::string& path, std::string_view text)
{
    const std::string temporary = path + ".new";
    if (auto written = writeAndSync(temporary, text); !written) {
        ::unlink(temporary.c_str());
        return written;
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return ioProblem("rename to", path, error);
    }
    return syncFolder(folderOf(path));
}

} // namespace streamwright
