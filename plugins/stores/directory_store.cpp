// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/directory_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <map>

#include "core/base/descriptor.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "plugins/stores/object_key.h"

namespace streamwright::stores {

namespace fs = std::filesystem;

namespace {

constexpr const char* kIncoming = "%incoming"; // no key leads here: "%in" is no escape

enum class Found { Nothing, File, Folder };

Found whatIsAt(const std::string& path)
{
    struct stat status { };
    if (::stat(path.c_str(), &status) != 0) return Found::Nothing;
    return S_ISDIR(status.st_mode) ? Found::Folder : Found::File;
}

Time timeOf(const struct stat& status)
{
    return Time(std::chrono::floor<Duration>(std::chrono::seconds(status.st_mtim.tv_sec) +
                                             std::chrono::nanoseconds(status.st_mtim.tv_nsec)));
}

std::string parentOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

Result<void> writeFile(const std::string& path, std::string_view bytes, Time now)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return ioProblem("write", path, errno);
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return ioProblem("write", path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    const auto second = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    const auto rest = std::chrono::nanoseconds(now.time_since_epoch() - second);
    const timespec time{static_cast<time_t>(second.count()), static_cast<long>(rest.count())};
    const timespec times[] = {time, time};
    if (::futimens(file.get(), times) != 0 || ::fsync(file.get()) != 0) return ioProblem("sync", path, errno);
    return {};
}

using Visit = std::function<void(const std::string& key, const struct stat& status)>;

// Every object at or below start, a path below folder.
Result<void> walk(const std::string& folder, const std::string& start, const Visit& visit)
{
    std::error_code error;
    fs::recursive_directory_iterator at(folder + start, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        const std::string& path = at->path().native();
        const std::string below = path.substr(folder.size());
        if (below == kIncoming) at.disable_recursion_pending();
        struct stat status { };
        if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
        if (const auto key = pathToKey(below)) visit(*key, status);
    }
    if (error && error != std::errc::no_such_file_or_directory) return ioProblem("read", folder + start, error.value());
    return {};
}

} // namespace

Result<std::unique_ptr<DirectoryStore>> DirectoryStore::open(const std::string& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return ioProblem("make the folder", folder, error.value());
    const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0) return ioProblem("open the folder", folder, errno);
    std::unique_ptr<DirectoryStore> store(new DirectoryStore(folder.ends_with('/') ? folder : folder + '/', lock));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return Problem{
            ProblemCode::Conflict,
            "another bucket or process uses this folder; bucket names are unique, and so are data directories", folder};

    const std::string incoming = store->folder_ + kIncoming;
    fs::remove_all(incoming, error);
    if (::mkdir(incoming.c_str(), 0755) != 0) return ioProblem("make the folder", incoming, errno);
    // The names of the new folders are entries of those above: DATA/buckets/NAME.
    std::filesystem::path above(folder);
    for (int level = 0; level < 3; ++level, above = above.parent_path())
        if (auto synced = syncFolder(above.empty() ? "." : above.string()); !synced) return synced.problem();
    auto counted = walk(store->folder_, "", [&totals = store->totals_](const std::string&, const struct stat& status) {
        ++totals.objects;
        totals.size += ByteCount(static_cast<std::uint64_t>(status.st_size));
    });
    if (!counted) return counted.problem();
    return store;
}

DirectoryStore::~DirectoryStore() { ::close(lock_); }

Result<void> DirectoryStore::makeFolderOf(const std::string& path)
{
    for (auto slash = path.find('/', folder_.size()); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string folder = path.substr(0, slash);
        const Found found = whatIsAt(folder);
        if (found == Found::Folder) continue;
        if (found == Found::File && ::rename(folder.c_str(), (folder + '%').c_str()) != 0)
            return ioProblem("rename", folder, errno);
        if (::mkdir(folder.c_str(), 0755) != 0) return ioProblem("make the folder", folder, errno);
        if (auto synced = syncFolder(parentOf(folder)); !synced) return synced;
    }
    return {};
}

std::string DirectoryStore::fileOf(std::string_view key) const
{
    const std::string plain = folder_ + keyToPath(key);
    const std::string besideFolder = plain + '%';
    return whatIsAt(plain) == Found::Folder || whatIsAt(besideFolder) == Found::File ? besideFolder : plain;
}

Result<void> DirectoryStore::put(std::string_view key, const ObjectBytes& object, Time now)
{
    const std::string incoming = folder_ + kIncoming + '/' + std::to_string(++lastIncoming_);
    auto done = makeFolderOf(folder_ + keyToPath(key));
    if (done) done = writeFile(incoming, object.bytes, now);
    const std::string file = fileOf(key);
    struct stat old { };
    const bool replaces = ::stat(file.c_str(), &old) == 0;
    if (done && ::rename(incoming.c_str(), file.c_str()) != 0) done = ioProblem("rename to", file, errno);
    if (!done) {
        ::unlink(incoming.c_str());
        return done;
    }
    if (replaces)
        totals_.size -= ByteCount(static_cast<std::uint64_t>(old.st_size));
    else
        ++totals_.objects;
    totals_.size += ByteCount(object.bytes.size());
    return syncFolder(parentOf(file));
}

Result<ObjectInfo> DirectoryStore::find(std::string_view key) const
{
    const std::string file = fileOf(key);
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0) return noSuchKey(key);
    auto bytes = readFile(file);
    if (!bytes) return bytes.problem();
    return ObjectInfo{std::string(key), ByteCount(bytes->size()), timeOf(status), md5Hex(*bytes)};
}

Result<std::string> DirectoryStore::read(std::string_view key) const
{
    auto bytes = readFile(fileOf(key));
    if (!bytes && bytes.problem().code == ProblemCode::NotFound) return noSuchKey(key);
    return bytes;
}

Result<std::vector<ObjectInfo>> DirectoryStore::list(std::string_view prefix, std::string_view after,
                                                     std::size_t maximum) const
{
    const auto slash = prefix.rfind('/');
    const std::string start = slash == std::string_view::npos ? "" : keyToPath(prefix.substr(0, slash));
    std::map<std::string, ObjectInfo> found; // the first of them in the order of keys, which is not that of paths
    auto walked = walk(folder_, start, [&](const std::string& key, const struct stat& status) {
        if (!key.starts_with(prefix) || key <= after) return;
        found[key] = {key, ByteCount(static_cast<std::uint64_t>(status.st_size)), timeOf(status), {}};
        if (found.size() > maximum) found.erase(std::prev(found.end()));
    });
    if (!walked) return walked.problem();
    std::vector<ObjectInfo> list;
    list.reserve(found.size());
    for (auto& [key, info] : found)
        list.push_back(std::move(info));
    return list;
}

} // namespace streamwright::stores
