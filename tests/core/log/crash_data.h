// SPDX-License-Identifier: GPL-3.0-or-later
// What crash_writer writes, so that its test can tell what must be found: the bytes of a record follow from its log,
// its number and, for the log that is removed and made anew, from its generation. Pure functions; any thread.
#pragma once

#include <string>

#include "core/base/digest.h"

namespace streamwright {

inline constexpr int kCrashLogs = 5; // the last one is removed now and then
inline constexpr int kReusedLog = kCrashLogs - 1;

inline std::string crashLogName(int log) { return "node-" + std::to_string(log % 2) + "/shard-" + std::to_string(log); }
inline std::string crashFact(int log) { return "checkpoint/" + crashLogName(log); }

inline std::string crashData(int log, std::uint64_t generation, std::uint64_t sequence)
{
    const std::string label =
        std::to_string(generation) + " " + crashLogName(log) + " " + std::to_string(sequence) + " ";
    const std::uint64_t chance = stableHash(label);
    const std::size_t size = chance % 97 == 0 ? chance % 400'000 : chance % 3000;
    return label + std::string(size, static_cast<char>('a' + chance % 26));
}

} // namespace streamwright
