// SPDX-License-Identifier: GPL-3.0-or-later
// The names of logs ("NODE/SHARD", segments of [A-Za-z0-9_.-]) and of their files: "NODE~SHARD.SEQUENCE.seg", all in
// one folder, so that one sync makes all new files of a commit durable. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace streamwright {

// Says what is wrong with a name that breaks the rule or is too long for a file name.
Result<void> checkLogName(const std::string& name);

// The path of the log's files up to the sequence number.
std::string segmentPathPrefix(const std::string& folder, const std::string& logName);
std::string segmentPath(const std::string& prefix, std::uint64_t firstSequence);

struct SegmentFileName {
    std::string log;
    std::uint64_t firstSequence = 0;
};
// Nothing when the file is none of a log.
std::optional<SegmentFileName> parseSegmentFileName(const std::string& fileName);

} // namespace streamwright
