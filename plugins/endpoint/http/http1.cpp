// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/http1.h"

#include <array>
#include <charconv>
#include <optional>

#include "plugins/endpoint/answers.h"
#include "plugins/endpoint/http/answer_text.h"
#include "plugins/endpoint/http/connection.h"
#include "plugins/endpoint/http/request_parser.h"

namespace streamwright::endpoint {
namespace {

constexpr std::size_t kAheadBytes = 64 << 10; // of pipelined requests, while one is being answered
constexpr std::size_t kBodyWithHead = 16 << 10; // larger bodies are not copied behind the head

bool contains(std::string_view text, std::string_view lowered)
{
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

class Http1 final : public Protocol {
public:
    explicit Http1(Connection& connection) : connection_(connection) { }

    void received(std::string_view bytes) override;
    bool reads() const override { return busy() ? in_.size() < kAheadBytes : connection_.unsent() < kSendAhead; }
    void sent() override;
    void sweep(std::uint32_t tick) override;
    void closed() override;

    void answer(Exchange& exchange, HttpAnswer answer) override;
    void begin(Exchange& exchange, HttpAnswer head) override;
    void write(Exchange& exchange, std::string bytes) override;
    void end(Exchange& exchange) override;

private:
    bool busy() const { return current_ != nullptr; }
    bool takes() const { return !busy() && !connection_.closing() && connection_.unsent() < kSendAhead; }
    std::size_t consume(std::string_view bytes);
    std::size_t parse(std::string_view bytes);
    void handle();
    void refuse(int status);
    void complete();
    std::string headOf(const HttpAnswer& answer) const;
    void count(std::size_t bodyBytes);
    void piece(std::string_view bytes);

    Connection& connection_;
    std::optional<RequestParser> parser_; // of the request that is coming in
    std::string in_; // received, not taken yet
    std::shared_ptr<Exchange> current_; // being answered
    bool consuming_ = false;
    bool continued_ = false;
    bool keepAlive_ = true, http11_ = true, head_ = false; // of the current request
    bool chunked_ = false;
    std::size_t untaken_ = 0; // of the current exchange's pieces
    std::uint64_t key_ = 0;
    std::uint32_t deadline_ = 0;
    std::size_t counted_ = 0; // of the worker's bodyBytes
};

void Http1::received(std::string_view bytes)
{
    if (in_.empty()) {
        in_.assign(bytes.substr(consume(bytes)));
        return;
    }
    in_.append(bytes);
    sent();
}

void Http1::sent()
{
    if (untaken_ > 0 && connection_.unsent() == 0 && current_) current_->took(std::exchange(untaken_, 0));
    if (!in_.empty() && takes() && !consuming_) in_.erase(0, consume(in_));
}

// How much of it was taken: whole requests, and the part of the next that can be understood.
std::size_t Http1::consume(std::string_view bytes)
{
    consuming_ = true;
    std::size_t taken = 0;
    while (taken < bytes.size() && takes()) {
        const auto step = parse(bytes.substr(taken));
        taken += step;
        if (step == 0 || (parser_ && !parser_->done())) break;
    }
    consuming_ = false;
    if (connection_.closing()) return bytes.size();
    if (takes() && bytes.size() - taken > connection_.service().limits.headerBytes) refuse(431);
    return taken;
}

std::size_t Http1::parse(std::string_view bytes)
{
    const auto& limits = connection_.service().limits;
    if (!parser_) {
        parser_.emplace(limits);
        continued_ = false;
        deadline_ = connection_.worker().tick() + limits.headerTicks;
    }
    const bool inHeader = !parser_->headerDone();
    const auto taken = parser_->feed(bytes);
    if (parser_->failure() != 0) return refuse(parser_->failure()), taken;
    if (parser_->done()) return handle(), taken;
    if (!parser_->headerDone()) return taken;
    if (inHeader) deadline_ = connection_.worker().tick() + limits.bodyTicks;
    count(parser_->request.body.size());
    if (connection_.worker().bodyBytes > limits.bodiesTogether) return refuse(503), taken;
    if (!continued_ && contains(parser_->request.headers.find("expect"), "100-continue")) {
        continued_ = true;
        if (parser_->request.body.empty()) connection_.send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    return taken;
}

void Http1::handle()
{
    count(0);
    deadline_ = 0;
    keepAlive_ = parser_->keepAlive();
    http11_ = parser_->http11();
    head_ = parser_->request.method == "HEAD";
    HttpRequest request = std::move(parser_->request);
    parser_.reset();
    request.remote = connection_.remote();
    request.secure = connection_.secure();
    current_ = std::make_shared<Exchange>(connection_.shared_from_this(), ++key_, std::move(request));
    connection_.service().handler(std::shared_ptr(current_));
}

// A request that cannot be understood: where the next begins is not known, so the connection ends.
void Http1::refuse(int status)
{
    keepAlive_ = false;
    head_ = false;
    const HttpAnswer answer = refusal(status, parser_ ? parser_->request.headers : HttpFields());
    connection_.send(headOf(answer) + "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" +
                     answer.body);
    connection_.closeWhenSent();
    count(0);
    parser_.reset();
    deadline_ = 0;
}

std::string Http1::headOf(const HttpAnswer& answer) const
{
    std::string head;
    head.reserve(answer.headers.bytes() + 4 * answer.headers.size() + 128 +
                 (answer.body.size() <= kBodyWithHead ? answer.body.size() : 0));
    std::array<char, 8> status;
    const auto end = std::to_chars(status.data(), status.data() + status.size(), answer.status).ptr;
    head.append("HTTP/1.1 ").append(status.data(), end).append(" ").append(reasonPhrase(answer.status));
    head.append("\r\nDate: ").append(httpDate()).append("\r\n");
    for (std::size_t i = 0; i < answer.headers.size(); ++i)
        head.append(answer.headers.name(i)).append(": ").append(answer.headers.value(i)).append("\r\n");
    if (!keepAlive_)
        head.append("Connection: close\r\n");
    else if (!http11_)
        head.append("Connection: keep-alive\r\n");
    return head;
}

void Http1::answer(Exchange& exchange, HttpAnswer answer)
{
    if (current_.get() != &exchange || exchange.over()) return;
    std::string text = headOf(answer);
    std::array<char, 24> length;
    const auto end = std::to_chars(length.data(), length.data() + length.size(), answer.body.size()).ptr;
    text.append("Content-Length: ").append(length.data(), end).append("\r\n\r\n");
    const bool together = answer.body.size() <= kBodyWithHead;
    if (together && !head_) text.append(answer.body);
    connection_.send(std::move(text));
    if (!together && !head_) connection_.send(std::move(answer.body));
    complete();
}

void Http1::begin(Exchange& exchange, HttpAnswer head)
{
    if (current_.get() != &exchange || exchange.over()) return;
    chunked_ = http11_;
    if (!chunked_) keepAlive_ = false; // its end is the connection's
    connection_.send(headOf(head) + (chunked_ ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n"));
    write(exchange, std::move(head.body));
}

void Http1::write(Exchange& exchange, std::string bytes)
{
    if (current_.get() != &exchange || exchange.over() || bytes.empty()) return;
    untaken_ += bytes.size();
    piece(bytes);
}

void Http1::piece(std::string_view bytes)
{
    if (head_) return;
    if (!chunked_) return connection_.send(std::string(bytes));
    std::array<char, 24> size;
    const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    std::string text;
    text.reserve(bytes.size() + 32);
    text.append(size.data(), end).append("\r\n").append(bytes).append("\r\n");
    connection_.send(std::move(text));
}

void Http1::end(Exchange& exchange)
{
    if (current_.get() != &exchange || exchange.over()) return;
    if (chunked_ && !head_) connection_.send("0\r\n\r\n");
    complete();
}

void Http1::complete()
{
    const auto done = std::move(current_);
    untaken_ = 0;
    done->finished();
    if (!keepAlive_) connection_.closeWhenSent();
    // What was pipelined behind it is taken when the connection has room: sent().
}

void Http1::sweep(std::uint32_t tick)
{
    if (deadline_ != 0 && tick >= deadline_) refuse(408);
}

void Http1::closed()
{
    count(0);
    parser_.reset();
    if (const auto left = std::move(current_)) left->gone();
}

void Http1::count(std::size_t bodyBytes)
{
    auto& all = connection_.worker().bodyBytes;
    all = all - counted_ + bodyBytes;
    counted_ = bodyBytes;
}

} // namespace

std::unique_ptr<Protocol> makeHttp1(Connection& connection) { return std::make_unique<Http1>(connection); }

} // namespace streamwright::endpoint
