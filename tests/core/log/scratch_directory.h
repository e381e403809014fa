// SPDX-License-Identifier: GPL-3.0-or-later
// ScratchDirectory: an empty directory of a test's own, removed with everything in it at the end; and what tests do to
// the files of a log in it. One thread.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/base/file.h"

namespace streamwright {

class ScratchDirectory {
public:
    // Quick: in memory where the system has such a place, for tests that open a small store hundreds of times.
    enum class Place { Disk, Quick };

    explicit ScratchDirectory(Place place = Place::Disk)
    {
        const std::filesystem::path quick = "/dev/shm";
        const bool inMemory = place == Place::Quick && ::access(quick.c_str(), W_OK) == 0;
        std::string pattern =
            ((inMemory ? quick : std::filesystem::temp_directory_path()) / "streamwright-XXXXXX").string();
        CHECK(::mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() { std::filesystem::remove_all(root_); }

    std::string path(const std::string& below = "store") const { return (root_ / below).string(); }

    // The files of logs in the store, in order.
    std::vector<std::string> segmentFiles(const std::string& store = "store") const
    {
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(root_ / store / "logs"))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        return files;
    }

private:
    std::filesystem::path root_;
};

inline std::string contentOf(const std::string& path) { return std::move(readFile(path)).value(); }

inline void overwrite(const std::string& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
}

inline void flipByte(const std::string& path, std::size_t offset)
{
    std::string content = contentOf(path);
    content.at(offset) = static_cast<char>(content.at(offset) ^ 0x5A);
    overwrite(path, content);
}

} // namespace streamwright
