// SPDX-License-Identifier: GPL-3.0-or-later
// Where a paged list goes on: from NextToken, with the errors that all lists have in common. Any thread.
#pragma once

#include <algorithm>
#include <variant>

#include "plugins/kinesis/api/errors.h"
#include "plugins/kinesis/api/tokens.h"
#include "plugins/kinesis/limits.h"

namespace streamwright::kinesis {

// Nothing: the request has no token, it is for the first page.
inline std::variant<std::optional<PageToken>, api::ApiError> requestedPage(const api::Call& call, std::string_view list)
{
    const std::string_view text = call.input().string("NextToken");
    if (text.empty()) return std::nullopt;
    auto token = PageToken::parse(list, text);
    if (!token) return invalidArgument("Invalid NextToken.");
    if (call.now() - token->issued > kTokenLife)
        return api::ApiError{"ExpiredNextTokenException",
                             "NextToken has expired: it is valid for 300 seconds. List again without it."};
    return token;
}

// How many to list: a member of the request, but no more than a page has.
inline std::size_t pageSize(const api::Call& call, std::string_view member, std::size_t most)
{
    const auto wanted = static_cast<std::size_t>(call.input().integer(member, static_cast<std::int64_t>(most)));
    return std::min(wanted, most);
}

} // namespace streamwright::kinesis
