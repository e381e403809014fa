// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/log_name.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace streamwright {

namespace {

constexpr std::size_t kLongestName = 200; // leaves room in a file name (255) for the sequence number and the ending
constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
constexpr char kSlash = '~'; // in file names; never in log names
constexpr std::size_t kDigits = 20;
constexpr std::string_view kEnding = ".seg";

} // namespace

Result<void> checkLogName(const std::string& name)
{
    const auto problem = [&name](std::string message) {
        return Problem{ProblemCode::InvalidInput, std::move(message), "log \"" + name + "\""};
    };
    if (name.size() > kLongestName) return problem("the name of a log must have at most 200 characters");
    std::string_view rest = name;
    while (true) {
        const auto slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        if (segment.empty() || segment.find_first_not_of(kAllowed) != std::string_view::npos) {
            return problem("the name of a log must be segments of A-Z a-z 0-9 _ . - joined by /");
        }
        if (slash == std::string_view::npos) return {};
        rest.remove_prefix(slash + 1);
    }
}

std::string segmentPathPrefix(const std::string& folder, const std::string& logName)
{
    std::string file = logName;
    std::replace(file.begin(), file.end(), '/', kSlash);
    return folder + "/" + file + ".";
}

std::string segmentPath(const std::string& prefix, std::uint64_t firstSequence)
{
    const std::string digits = std::to_string(firstSequence);
    return prefix + std::string(kDigits - digits.size(), '0') + digits + std::string(kEnding);
}

std::optional<SegmentFileName> parseSegmentFileName(const std::string& fileName)
{
    const std::size_t tail = 1 + kDigits + kEnding.size();
    if (fileName.size() <= tail || !fileName.ends_with(kEnding)) return std::nullopt;
    const std::size_t dot = fileName.size() - tail;
    SegmentFileName parsed{fileName.substr(0, dot)};
    std::replace(parsed.log.begin(), parsed.log.end(), kSlash, '/');
    const char* digits = fileName.data() + dot + 1;
    const auto [end, error] = std::from_chars(digits, digits + kDigits, parsed.firstSequence);
    if (fileName[dot] != '.' || error != std::errc() || end != digits + kDigits || !checkLogName(parsed.log)) {
        return std::nullopt;
    }
    return parsed;
}

} // namespace streamwright
