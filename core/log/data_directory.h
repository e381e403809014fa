// SPDX-License-Identifier: GPL-3.0-or-later
// DataDirectory: the directory of a store: made where it is missing, of a known format, locked against other processes
// as long as this object lives. Owned by a FileStore.
#pragma once

#include <string>

#include "core/base/descriptor.h"
#include "core/base/result.h"

namespace streamwright {

class DataDirectory {
public:
    static Result<DataDirectory> open(const std::string& path);

    std::string logs() const { return path_ + "/logs"; }
    std::string facts() const { return path_ + "/facts.db"; }
    // Makes files that were made or removed in logs() durably so.
    Result<void> syncLogs() const;

private:
    DataDirectory(std::string path, Descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) { }

    std::string path_;
    Descriptor lock_;
};

} // namespace streamwright
