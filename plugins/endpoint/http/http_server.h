// SPDX-License-Identifier: GPL-3.0-or-later
// HttpServer: the listening port and its workers. Accepts in turn for each worker; beyond the most connections it answers
// 503 and closes. Every method: any thread; ends with its destructor, which joins all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "plugins/endpoint/http/connection.h"

namespace streamwright::endpoint {

class HttpServer {
public:
    struct Place {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0; // 0: any free one
        unsigned threads = 0; // 0: one less than the machine has
    };
    static Result<std::unique_ptr<HttpServer>> listen(const Place& place, HttpService service);
    ~HttpServer();

    std::uint16_t port() const { return port_; }
    std::size_t connections() const;

private:
    explicit HttpServer(HttpService service) : service_(std::move(service)) { }
    void acceptNext();
    void accepted(Connection::Socket socket, std::size_t worker);

    HttpService service_;
    std::uint16_t port_ = 0;
    std::size_t most_ = 0;
    std::vector<std::shared_ptr<Worker>> workers_;
    // On the first worker's thread:
    std::unique_ptr<boost::asio::ip::tcp::acceptor> acceptor_;
    std::unique_ptr<boost::asio::steady_timer> pause_;
    std::size_t next_ = 0;
};

} // namespace streamwright::endpoint
