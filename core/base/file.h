// SPDX-License-Identifier: GPL-3.0-or-later
// Whole files in and out, with errors that name the path. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace streamwright {

// What errno says, as a Problem whose place is the path. doing: "read", "write", ...
Problem ioProblem(const char* doing, const std::string& path, int error);

// Makes the names in a folder durable.
Result<void> syncFolder(const std::string& path);

// Reads a whole file; the place of a problem is the path.
Result<std::string> readFile(const std::string& path);
// Writes to a temporary name beside it, syncs, renames: the old file stays when anything fails.
Result<void> writeFileAtomically(const std::string& path, std::string_view text);

} // namespace streamwright
