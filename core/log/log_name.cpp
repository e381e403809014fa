// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/log_name.h"

#include <string_view>

namespace streamwright {

namespace {

constexpr std::size_t kLongestName = 200; // leaves room in a file name (255) for the sequence number and the ending
constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

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

} // namespace streamwright
