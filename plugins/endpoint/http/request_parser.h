// SPDX-License-Identifier: GPL-3.0-or-later
// RequestParser: an HTTP/1 request from bytes as they come, by Beast's parser, straight into an HttpRequest. One request;
// one thread.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string_view>

#include "plugins/endpoint/http/limits.h"
#include "plugins/endpoint/http/message.h"

namespace streamwright::endpoint {

class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(const HttpLimits& limits);

    // Takes what it can and returns how much: what is left comes again, with more behind it.
    std::size_t feed(std::string_view bytes);

    bool begun() const { return got_some(); }
    bool headerDone() const { return is_header_done(); }
    bool done() const { return is_done(); }
    bool keepAlive() const { return keep_alive(); }
    bool http11() const { return version_ >= 11; }
    int failure() const { return failure_; } // the status that says what is wrong; 0: nothing is
    HttpRequest request;

private:
    using Text = boost::beast::string_view;
    using Code = boost::beast::error_code;
    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Code& code) override;
    void on_response_impl(int, Text, int, Code&) override { }
    void on_field_impl(boost::beast::http::field, Text name, Text value, Code& code) override;
    void on_header_impl(Code&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code& code) override;
    std::size_t on_body_impl(Text bytes, Code& code) override;
    void on_chunk_header_impl(std::uint64_t, Text, Code&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Code& code) override;
    void on_finish_impl(Code&) override { }

    int version_ = 11;
    int failure_ = 0;
    bool inBody_ = false;
};

} // namespace streamwright::endpoint
