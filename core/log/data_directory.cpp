// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.h"

namespace streamwright {

namespace {

constexpr const char* kFormat = "streamwright data, format 1\n";

// Durably.
Result<void> makeFolder(const std::string& path)
{
    if (::mkdir(path.c_str(), 0777) == 0) return syncFolder(path + "/..");
    if (errno == EEXIST) {
        struct stat status = {};
        if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
        return Problem{ProblemCode::InvalidInput,
                       "the data directory must be a folder, this is a file; choose another place", path};
    }
    if (errno == ENOENT) {
        return Problem{ProblemCode::NotFound,
                       "cannot make the data directory: the folder above it does not exist; make that first", path};
    }
    Problem problem = ioProblem("make the data directory", path, errno);
    problem.message += "; choose a place where you may write";
    return problem;
}

Result<Descriptor> takeLock(const std::string& path)
{
    Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (lock.get() < 0) {
        Problem problem = ioProblem("write to the data directory", path, errno);
        problem.message += "; choose a place where you may write";
        return problem;
    }
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return ioProblem("lock", path, errno);
        const auto owner = readFile(path);
        return Problem{ProblemCode::Conflict,
                       "another run uses this data directory" +
                           (owner && !owner->empty() ? " (process " + *owner + ")" : "") +
                           "; stop it, or choose another directory",
                       path};
    }
    const std::string process = std::to_string(::getpid());
    if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), process.data(), process.size(), 0) < 0) {
        return ioProblem("write", path, errno);
    }
    return lock;
}

Result<void> checkFormat(const std::string& path)
{
    const auto format = readFile(path);
    if (!format && format.problem().code != ProblemCode::NotFound) return format.problem();
    if (!format) return writeFileAtomically(path, kFormat); // which syncs the folder too
    if (*format == kFormat) return {};
    return Problem{
        ProblemCode::InvalidInput,
        "the data directory is of a format this program does not know (it knows 1): use the program that wrote "
        "it, or choose another directory",
        path};
}

} // namespace

Result<DataDirectory> DataDirectory::open(const std::string& path)
{
    if (auto made = makeFolder(path); !made) return made.problem();
    auto lock = takeLock(path + "/LOCK");
    if (!lock) return lock.problem();
    DataDirectory directory(path, *std::move(lock));
    if (auto made = makeFolder(directory.logs()); !made) return made.problem();
    if (auto known = checkFormat(path + "/FORMAT"); !known) return known.problem();
    return directory;
}

Result<void> DataDirectory::syncLogs() const { return syncFolder(logs()); }

} // namespace streamwright
