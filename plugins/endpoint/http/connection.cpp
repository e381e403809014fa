// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/connection.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <span>

#include "plugins/endpoint/http/http1.h"
#include "plugins/endpoint/http/http2.h"
#include "plugins/endpoint/tls.h"

namespace streamwright::endpoint {
namespace {

using boost::asio::error::would_block;
using boost::system::error_code;

constexpr int kReadsAtOnce = 16; // then it is the other connections' turn
constexpr std::size_t kGather = 16; // pieces of one write
constexpr std::size_t kSmall = 16 << 10; // pieces that are copied together
constexpr char kTlsHandshake = 0x16;
constexpr std::string_view kHttp2 = "PRI";

std::string textOf(const Connection::Socket& socket)
{
    error_code error;
    const auto end = socket.remote_endpoint(error);
    if (error) return "";
    const auto address = end.address().to_string(error);
    const auto port = std::to_string(end.port());
    return end.address().is_v6() ? "[" + address + "]:" + port : address + ":" + port;
}

} // namespace

Connection::Connection(std::shared_ptr<Worker> worker, Socket socket, const HttpService& service)
    : worker_(std::move(worker)),
      service_(service),
      socket_(std::move(socket)),
      remote_(textOf(socket_))
{
}

Connection::~Connection() = default;

void Connection::start()
{
    error_code error;
    socket_.non_blocking(true, error);
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), error);
    worker_->add(shared_from_this());
    waitReadable();
}

void Connection::close()
{
    if (closed_) return;
    const auto keep = shared_from_this();
    closed_ = true;
    error_code error;
    socket_.close(error);
    endProtocol();
    worker_->remove(*this);
}

void Connection::sweep(std::uint32_t tick)
{
    const auto keep = shared_from_this();
    if ((deadline_ != 0 && tick >= deadline_) || (writeDeadline_ != 0 && tick >= writeDeadline_)) return close();
    if (protocol_ && !ended_) {
        protocol_->sweep(tick);
        flush();
    }
}

void Connection::answer(Exchange& exchange, HttpAnswer answer)
{
    if (ended_) return;
    protocol_->answer(exchange, std::move(answer));
    flush();
}

void Connection::begin(Exchange& exchange, HttpAnswer head)
{
    if (ended_) return;
    protocol_->begin(exchange, std::move(head));
    flush();
}

void Connection::write(Exchange& exchange, std::string bytes)
{
    if (ended_) return;
    protocol_->write(exchange, std::move(bytes));
    flush();
}

void Connection::end(Exchange& exchange)
{
    if (ended_) return;
    protocol_->end(exchange);
    flush();
}

void Connection::waitReadable()
{
    if (reading_ || closed_ || (!lingering_ && (closing_ || (protocol_ && !protocol_->reads())))) return;
    reading_ = true;
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code error) {
        self->reading_ = false;
        if (error)
            self->close();
        else
            self->readable();
    });
}

void Connection::readable()
{
    for (int i = 0; i < kReadsAtOnce && !closed_; ++i) {
        error_code error;
        const auto size = socket_.receive(boost::asio::buffer(worker_->readBuffer(), kReadBytes), 0, error);
        if (error == would_block) break;
        if (error == boost::asio::error::eof && unsent_ > 0) {
            closing_ = true; // it may still read
            endProtocol();
            break;
        }
        if (error) return close();
        if (!ended_) deliver({worker_->readBuffer(), size});
        if (size < kReadBytes || closing_ || (protocol_ && !protocol_->reads())) break;
    }
    flush();
    waitReadable();
}

void Connection::deliver(std::string_view bytes)
{
    receiving_ = true;
    if (!protocol_ && !tls_ && first_.empty() && bytes[0] == kTlsHandshake) tls_ = service_.tls->accept();
    if (tls_) {
        std::string answer;
        auto& plain = worker_->plainText();
        plain.clear();
        const bool good = tls_->receive(bytes, plain, answer);
        if (!answer.empty()) queue(std::move(answer));
        if (!plain.empty()) recognise(plain);
        if (!good)
            closing_ = true;
        else if (!protocol_ && deadline_ == 0)
            deadline_ = worker_->tick() + service_.limits.headerTicks;
    } else {
        recognise(bytes);
    }
    receiving_ = false;
}

void Connection::recognise(std::string_view bytes)
{
    if (protocol_) return protocol_->received(bytes);
    first_.append(bytes);
    deadline_ = worker_->tick() + service_.limits.headerTicks;
    if (first_.size() < kHttp2.size() && kHttp2.substr(0, first_.size()) == first_) return;
    deadline_ = 0;
    if (std::string_view(first_).substr(0, kHttp2.size()) == kHttp2)
        protocol_ = makeHttp2(*this);
    else
        protocol_ = makeHttp1(*this);
    const std::string first = std::exchange(first_, {});
    protocol_->received(first);
}

void Connection::send(std::string bytes)
{
    if (closed_ || bytes.empty()) return;
    if (!tls_) return queue(std::move(bytes));
    std::string cipher;
    tls_->encrypt(bytes, cipher);
    queue(std::move(cipher));
}

void Connection::queue(std::string bytes)
{
    unsent_ += bytes.size();
    if (!out_.empty() && out_.back().size() + bytes.size() <= kSmall)
        out_.back().append(bytes);
    else
        out_.push_back(std::move(bytes));
}

void Connection::flush()
{
    if (receiving_ || closed_) return;
    if (unsent_ > service_.limits.unsentBytes) return close();
    while (!writing_) {
        if (protocol_ && !ended_ && unsent_ < kSendAhead) {
            receiving_ = true;
            protocol_->sent();
            receiving_ = false;
            if (closed_) return;
        }
        if (unsent_ == 0 && closing_ && tls_)
            if (auto bytes = tls_->farewell(); !bytes.empty()) queue(std::move(bytes));
        if (unsent_ == 0) break;
        if (!sendSome()) return;
    }
    if (unsent_ == 0 && closing_ && !lingering_) linger();
    waitReadable();
}

// false: not now, or never again.
bool Connection::sendSome()
{
    std::array<boost::asio::const_buffer, kGather> pieces;
    std::size_t count = 0;
    for (auto piece = out_.begin(); piece != out_.end() && count < kGather; ++piece, ++count)
        pieces[count] = boost::asio::buffer(*piece) + (count == 0 ? outTaken_ : 0);
    error_code error;
    auto taken = socket_.send(std::span(pieces).first(count), 0, error);
    if (error == would_block) return waitWritable(), true;
    if (error) return close(), false;
    writeDeadline_ = 0;
    unsent_ -= taken;
    for (taken += outTaken_; !out_.empty() && taken >= out_.front().size(); out_.pop_front())
        taken -= out_.front().size();
    outTaken_ = taken;
    return true;
}

// What the client still sends is read, lest the system drop our last answer with a reset.
void Connection::linger()
{
    lingering_ = true;
    deadline_ = worker_->tick() + service_.limits.lingerTicks;
    error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    endProtocol();
}

void Connection::endProtocol()
{
    if (protocol_ && !std::exchange(ended_, true)) protocol_->closed();
}

void Connection::waitWritable()
{
    writing_ = true;
    if (writeDeadline_ == 0) writeDeadline_ = worker_->tick() + service_.limits.writeTicks;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
        self->writing_ = false;
        if (error)
            self->close();
        else
            self->flush();
    });
}

} // namespace streamwright::endpoint
