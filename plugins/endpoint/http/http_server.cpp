// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/http_server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <sys/resource.h>
#include <thread>

namespace streamwright::endpoint {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kOtherFiles = 256; // logs, databases, pipes
constexpr auto kPause = std::chrono::milliseconds(100); // after the system had no file left
constexpr std::string_view kFull = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

// As many as the system lets us, at most `wanted`.
std::size_t mostConnections(std::size_t wanted)
{
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
    const std::size_t most = files.rlim_cur;
    return std::min(wanted, most > 2 * kOtherFiles ? most - kOtherFiles : most / 2);
}

} // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Place& place, HttpService service)
{
    std::unique_ptr<HttpServer> server(new HttpServer(std::move(service)));
    error_code error;
    const auto address =
        boost::asio::ip::make_address(place.address == "localhost" ? "127.0.0.1" : place.address, error);
    const auto where = place.address + ":" + std::to_string(place.port);
    if (error) return Problem{ProblemCode::InvalidInput, "This is no IP address: write 127.0.0.1, say", place.address};
    const auto threads = place.threads != 0 ? place.threads : std::max(2u, std::thread::hardware_concurrency()) - 1;
    for (unsigned i = 0; i < threads; ++i)
        server->workers_.push_back(std::make_shared<Worker>(server->service_.limits));
    auto& io = server->workers_.front()->io();
    auto acceptor = std::make_unique<tcp::acceptor>(io);
    const tcp::endpoint end(address, place.port);
    acceptor->open(end.protocol(), error);
    if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor->bind(end, error);
    if (!error) acceptor->listen(boost::asio::socket_base::max_listen_connections, error);
    if (error)
        return Problem{ProblemCode::Io,
                       "The endpoint cannot listen: " + error.message() + "; choose another port with --endpoint",
                       where};
    server->port_ = acceptor->local_endpoint().port();
    server->most_ = mostConnections(server->service_.limits.connections);
    server->acceptor_ = std::move(acceptor);
    server->pause_ = std::make_unique<boost::asio::steady_timer>(io);
    for (const auto& worker : server->workers_)
        worker->start();
    server->workers_.front()->post([self = server.get()] { self->acceptNext(); });
    return server;
}

HttpServer::~HttpServer()
{
    if (acceptor_)
        workers_.front()->post([this] {
            error_code error;
            acceptor_->close(error);
            pause_->cancel();
        });
    for (const auto& worker : workers_)
        worker->stop();
}

std::size_t HttpServer::connections() const
{
    std::size_t all = 0;
    for (const auto& worker : workers_)
        all += worker->open;
    return all;
}

void HttpServer::acceptNext()
{
    const auto worker = next_++ % workers_.size();
    acceptor_->async_accept(workers_[worker]->io(), [this, worker](error_code error, Connection::Socket socket) {
        if (!acceptor_->is_open()) return;
        if (!error) {
            accepted(std::move(socket), worker);
            return acceptNext();
        }
        // No file left, say: those that end make room.
        pause_->expires_after(kPause);
        pause_->async_wait([this](error_code cancelled) {
            if (!cancelled) acceptNext();
        });
    });
}

void HttpServer::accepted(Connection::Socket socket, std::size_t index)
{
    error_code error;
    if (connections() >= most_) {
        socket.non_blocking(true, error);
        socket.send(boost::asio::buffer(kFull), 0, error);
        return;
    }
    const auto& worker = workers_[index];
    ++worker->open;
    const auto connection = std::make_shared<Connection>(worker, std::move(socket), service_);
    if (worker->isThisThread())
        connection->start();
    else
        worker->post([connection] { connection->start(); });
}

} // namespace streamwright::endpoint
