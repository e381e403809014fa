// SPDX-License-Identifier: GPL-3.0-or-later
// constant_server PORT: what every request costs at least: a plain Beast server, as Beast's documentation shows one, that
// reads a request whole and answers PutRecord's constant. One thread.
#include <utility> // before asio, which forgets it

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <memory>
#include <optional>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint64_t kBodyMost = 16 << 20;

class Session : public std::enable_shared_from_this<Session> {
public:
    explicit Session(tcp::socket socket) : socket_(std::move(socket)) { socket_.set_option(tcp::no_delay(true)); }

    void read()
    {
        parser_.emplace();
        parser_->body_limit(kBodyMost);
        http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error) self->write();
        });
    }

private:
    void write()
    {
        response_ = {http::status::ok, 11};
        response_.set(http::field::content_type, "application/x-amz-json-1.1");
        response_.set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
        response_.body() =
            R"({"ShardId":"shardId-000000000000","SequenceNumber":"49646437577108476416916876405825929425585429676275269634"})";
        response_.prepare_payload();
        http::async_write(socket_, response_, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error) self->read();
        });
    }

    tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
};

void acceptNext(tcp::acceptor& acceptor)
{
    acceptor.async_accept([&acceptor](error_code error, tcp::socket socket) {
        if (error) return;
        std::make_shared<Session>(std::move(socket))->read();
        acceptNext(acceptor);
    });
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) return 2;
    asio::io_context io{1};
    tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(argv[1]))});
    acceptNext(acceptor);
    io.run();
}
