// SPDX-License-Identifier: GPL-3.0-or-later
// Object keys as paths below a bucket's folder: every legal key has a path of its own, no path leaves the folder, and
// ordinary keys look as they are. Pure functions; any thread.
//
//   "/"                        separates folders
//   control characters, "%"    are written %XX
//   "." and ".." as a segment  are written %2E and %2E%2E
//   an empty segment           is written "%-"  ("a//b", "a/", "/a")
//   a segment over 200 bytes   goes on in a folder: pieces of 200 bytes, each but the last with "%+" behind it
//   "%" at the end of a file   the object "a" where "a" is a folder too, because of "a/b" (see DirectoryStore)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace streamwright::stores {

// 1 to 1,024 bytes; the place of a problem is empty.
Result<void> checkKey(std::string_view key);

std::string keyToPath(std::string_view key);
// The key whose object lies at the path; nothing when no key leads there (a file that is not ours).
std::optional<std::string> pathToKey(std::string_view path);

} // namespace streamwright::stores
