// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/answer_text.h"

#include <array>
#include <boost/beast/http/status.hpp>
#include <ctime>

namespace streamwright::endpoint {

std::string_view httpDate()
{
    thread_local std::time_t at = -1;
    thread_local std::array<char, 64> text;
    thread_local std::size_t size = 0;
    if (const auto now = std::time(nullptr); now != at) {
        at = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    }
    return {text.data(), size};
}

std::string_view reasonPhrase(int status)
{
    const auto phrase = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
    return {phrase.data(), phrase.size()};
}

} // namespace streamwright::endpoint
