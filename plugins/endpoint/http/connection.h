// SPDX-License-Identifier: GPL-3.0-or-later
// Connection: a client's socket: finds out by its first bytes what is spoken (TLS, HTTP/2, HTTP/1.1), moves bytes between
// the socket and the Protocol, holds what the client has not read yet, and ends what stalls. Owned by its Worker and by
// exchanges under way; on the worker's thread only, but for worker().
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "plugins/endpoint/http/protocol.h"
#include "plugins/endpoint/http/worker.h"

namespace streamwright::endpoint {

class TlsContext;
class TlsSession;

// What the connections of a server have in common; outlives its workers' threads.
struct HttpService {
    HttpHandler handler;
    HttpLimits limits;
    std::shared_ptr<TlsContext> tls;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Socket = boost::asio::ip::tcp::socket;

    Connection(std::shared_ptr<Worker> worker, Socket socket, const HttpService& service);
    ~Connection();

    void start();
    void close();
    void sweep(std::uint32_t tick);

    // For exchanges.
    Worker& worker() const { return *worker_; }
    void answer(Exchange& exchange, HttpAnswer answer);
    void begin(Exchange& exchange, HttpAnswer head);
    void write(Exchange& exchange, std::string bytes);
    void end(Exchange& exchange);

    // For the protocol.
    const HttpService& service() const { return service_; }
    const std::string& remote() const { return remote_; }
    bool secure() const { return tls_ != nullptr; }
    void send(std::string bytes);
    std::size_t unsent() const { return unsent_; }
    void closeWhenSent() { closing_ = true; }
    bool closing() const { return closing_ || closed_; }
    // Reads on, if the protocol would; after it had refused.
    void resume() { waitReadable(); }

    std::size_t slot = 0; // among the worker's

private:
    void waitReadable();
    void readable();
    void deliver(std::string_view bytes);
    void recognise(std::string_view bytes);
    void flush();
    void waitWritable();
    bool sendSome();
    void linger();
    void endProtocol();
    void queue(std::string bytes);

    const std::shared_ptr<Worker> worker_;
    const HttpService& service_;
    Socket socket_;
    std::string remote_;
    std::unique_ptr<TlsSession> tls_;
    std::unique_ptr<Protocol> protocol_; // null: not recognised yet
    std::string first_; // bytes, while too few to recognise a protocol
    std::deque<std::string> out_;
    std::size_t outTaken_ = 0; // of the first
    std::size_t unsent_ = 0;
    // Ticks; 0: none.
    std::uint32_t deadline_ = 0; // of the first bytes and of the last answer's being read
    std::uint32_t writeDeadline_ = 0;
    bool receiving_ = false; // within the protocol, which sends when it has done
    bool reading_ = false, writing_ = false; // waits for the system
    bool closing_ = false; // when all is sent
    bool lingering_ = false;
    bool ended_ = false; // the protocol
    bool closed_ = false;
};

} // namespace streamwright::endpoint
