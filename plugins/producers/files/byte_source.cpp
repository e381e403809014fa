// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/file.h"

namespace streamwright::producers {

namespace {

class FileBytes : public ByteSource {
public:
    FileBytes(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) { }
    ~FileBytes() override { ::close(descriptor_); }
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    Result<std::size_t> read(char* into, std::size_t size) override
    {
        while (true) {
            const ssize_t got = ::read(descriptor_, into, size);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) return ioProblem("read", path_, errno);
        }
    }
    Result<void> rewind() override
    {
        if (::lseek(descriptor_, 0, SEEK_SET) < 0) return ioProblem("rewind", path_, errno);
        return {};
    }

private:
    const int descriptor_;
    const std::string path_;
};

class MemoryBytes : public ByteSource {
public:
    MemoryBytes(std::string bytes, std::size_t piece) : bytes_(std::move(bytes)), piece_(piece) { }

    Result<std::size_t> read(char* into, std::size_t size) override
    {
        const std::size_t part = std::min({size, piece_, bytes_.size() - at_});
        std::memcpy(into, bytes_.data() + at_, part);
        at_ += part;
        return part;
    }
    Result<void> rewind() override
    {
        at_ = 0;
        return {};
    }

private:
    const std::string bytes_;
    const std::size_t piece_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::unique_ptr<ByteSource>> openFile(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno != ENOENT) return ioProblem("open", path, errno);
        return Problem{ProblemCode::NotFound,
                       "there is no such file; a relative Path is looked up in the folder of the pipeline file", path};
    }
    auto file = std::make_unique<FileBytes>(descriptor, path);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0) return ioProblem("open", path, errno);
    if (!S_ISREG(status.st_mode))
        return Problem{ProblemCode::InvalidInput, "is not a regular file; let Path name a file of records", path};
    return std::unique_ptr<ByteSource>(std::move(file));
}

std::unique_ptr<ByteSource> bytesOf(std::string bytes, std::size_t piece)
{
    return std::make_unique<MemoryBytes>(std::move(bytes), piece);
}

} // namespace streamwright::producers
