// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/request_parser.h"

#include <boost/beast/http/error.hpp>

namespace streamwright::endpoint {
namespace {

namespace http = boost::beast::http;
constexpr std::size_t kReserveAtOnce = 1 << 20; // a length is only a promise

int statusOf(const boost::beast::error_code& code)
{
    if (code == http::error::header_limit) return 431;
    if (code == http::error::body_limit) return 413;
    return code == http::error::bad_version ? 505 : 400;
}

} // namespace

RequestParser::RequestParser(const HttpLimits& limits)
{
    header_limit(limits.headerBytes);
    body_limit(limits.bodyBytes);
    eager(true);
}

std::size_t RequestParser::feed(std::string_view bytes)
{
    std::size_t taken = 0;
    while (!is_done() && taken < bytes.size()) {
        Code code;
        const auto size = put(boost::asio::const_buffer(bytes.data() + taken, bytes.size() - taken), code);
        taken += size;
        if (code == http::error::need_more) break;
        if (code) {
            failure_ = statusOf(code);
            break;
        }
    }
    return taken;
}

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Code&)
{
    request.method.assign(method.data(), method.size());
    request.target.assign(target.data(), target.size());
    version_ = version;
}

void RequestParser::on_field_impl(http::field, Text name, Text value, Code&)
{
    if (!inBody_) // trailers say nothing that counts here
        request.headers.add({name.data(), name.size()}, {value.data(), value.size()});
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&)
{
    inBody_ = true;
    if (length) request.body.reserve(std::min<std::size_t>(*length, kReserveAtOnce) + 64); // room for a padding
}

std::size_t RequestParser::on_body_impl(Text bytes, Code&)
{
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text bytes, Code&)
{
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

} // namespace streamwright::endpoint
