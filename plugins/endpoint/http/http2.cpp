// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/http2.h"

#include <array>
#include <cstring>
#include <deque>
#include <nghttp2/nghttp2.h>
#include <unordered_map>

#include "plugins/endpoint/answers.h"
#include "plugins/endpoint/http/answer_text.h"
#include "plugins/endpoint/http/connection.h"

namespace streamwright::endpoint {
namespace {

constexpr std::int32_t kStreamWindow = 1 << 20;
constexpr std::int32_t kConnectionWindow = 16 << 20;

std::string_view textOf(const std::uint8_t* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

struct Stream {
    std::int32_t id = 0;
    HttpRequest request;
    std::shared_ptr<Exchange> exchange; // once the request is whole
    int refused = 0; // status of a request that is too large
    std::uint32_t deadline = 0; // tick: of the request's end
    std::uint32_t progress = 0; // tick: when the client last took something
    std::deque<std::string> out;
    std::size_t outTaken = 0; // of the first
    bool streaming = false, ended = false;
};

class Http2 final : public Protocol {
public:
    explicit Http2(Connection& connection);
    ~Http2() override { nghttp2_session_del(session_); }

    void received(std::string_view bytes) override;
    bool reads() const override { return connection_.unsent() < kSendAhead; }
    void sent() override;
    void sweep(std::uint32_t tick) override;
    void closed() override;

    void answer(Exchange& exchange, HttpAnswer answer) override;
    void begin(Exchange& exchange, HttpAnswer head) override;
    void write(Exchange& exchange, std::string bytes) override;
    void end(Exchange& exchange) override;

    // What nghttp2 found.
    void streamBegan(std::int32_t id);
    int field(std::int32_t id, std::string_view name, std::string_view value);
    void data(std::int32_t id, std::string_view bytes);
    void streamIsWhole(std::int32_t id);
    void streamClosed(std::int32_t id);
    ssize_t take(std::int32_t id, std::uint8_t* into, std::size_t room, std::uint32_t& flags);

private:
    Stream* find(std::int32_t id);
    Stream* of(Exchange& exchange);
    void submit(Stream& stream, const HttpAnswer& answer, bool lengthIsKnown);
    void handle(Stream& stream);

    Connection& connection_;
    nghttp2_session* session_ = nullptr;
    std::unordered_map<std::int32_t, Stream> streams_;
    std::size_t queued_ = 0; // of all streams' out
};

Http2& self(void* user) { return *static_cast<Http2*>(user); }

struct Callbacks {
    Callbacks()
    {
        nghttp2_session_callbacks_new(&table);
        nghttp2_session_callbacks_set_on_begin_headers_callback(
            table, [](nghttp2_session*, const nghttp2_frame* frame, void* user) {
                if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) self(user).streamBegan(frame->hd.stream_id);
                return 0;
            });
        nghttp2_session_callbacks_set_on_header_callback(
            table, [](nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                      const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* user) {
                if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
                return self(user).field(frame->hd.stream_id, textOf(name, nameSize), textOf(value, valueSize));
            });
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, [](nghttp2_session*, std::uint8_t,
                                                                            std::int32_t id, const std::uint8_t* bytes,
                                                                            std::size_t size, void* user) {
            self(user).data(id, textOf(bytes, size));
            return 0;
        });
        nghttp2_session_callbacks_set_on_frame_recv_callback(
            table, [](nghttp2_session*, const nghttp2_frame* frame, void* user) {
                const bool last = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
                if (last && (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA))
                    self(user).streamIsWhole(frame->hd.stream_id);
                return 0;
            });
        nghttp2_session_callbacks_set_on_stream_close_callback(
            table, [](nghttp2_session*, std::int32_t id, std::uint32_t, void* user) {
                self(user).streamClosed(id);
                return 0;
            });
    }
    ~Callbacks() { nghttp2_session_callbacks_del(table); }
    nghttp2_session_callbacks* table = nullptr;
};

Http2::Http2(Connection& connection) : connection_(connection)
{
    static const Callbacks callbacks;
    nghttp2_session_server_new(&session_, callbacks.table, this);
    const auto& limits = connection_.service().limits;
    const std::array settings{nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams},
                              nghttp2_settings_entry{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
                              nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerBytes}};
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
}

void Http2::received(std::string_view bytes)
{
    const auto taken =
        nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (taken < 0) connection_.closeWhenSent();
}

void Http2::sent()
{
    while (connection_.unsent() < kSendAhead) {
        const std::uint8_t* bytes = nullptr;
        const auto size = nghttp2_session_mem_send(session_, &bytes);
        if (size <= 0) break;
        connection_.send(std::string(textOf(bytes, static_cast<std::size_t>(size))));
    }
    if (nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0)
        connection_.closeWhenSent();
}

void Http2::sweep(std::uint32_t tick)
{
    const auto patience = connection_.service().limits.writeTicks;
    for (const auto& [id, stream] : streams_) {
        const bool slowSender = !stream.exchange && tick >= stream.deadline;
        const bool slowReader = !stream.out.empty() && tick >= stream.progress + patience;
        if (slowSender || slowReader) nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
    }
}

void Http2::closed()
{
    for (auto& [id, stream] : streams_) {
        if (!stream.exchange) connection_.worker().bodyBytes -= std::exchange(stream.request.body, {}).size();
        if (const auto left = std::move(stream.exchange)) left->gone();
    }
}

Stream* Http2::find(std::int32_t id)
{
    const auto found = streams_.find(id);
    return found == streams_.end() ? nullptr : &found->second;
}

Stream* Http2::of(Exchange& exchange)
{
    const auto stream = find(static_cast<std::int32_t>(exchange.key));
    return stream && stream->exchange.get() == &exchange && !exchange.over() ? stream : nullptr;
}

void Http2::streamBegan(std::int32_t id)
{
    const auto& limits = connection_.service().limits;
    auto& stream = streams_[id];
    stream.id = id;
    stream.deadline = connection_.worker().tick() + limits.headerTicks + limits.bodyTicks;
}

int Http2::field(std::int32_t id, std::string_view name, std::string_view value)
{
    const auto stream = find(id);
    if (!stream) return 0;
    auto& request = stream->request;
    if (request.headers.bytes() + name.size() + value.size() > connection_.service().limits.headerBytes)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    if (name == ":method")
        request.method = value;
    else if (name == ":path")
        request.target = value;
    else
        request.headers.add(name, value);
    return 0;
}

void Http2::data(std::int32_t id, std::string_view bytes)
{
    const auto stream = find(id);
    if (!stream || stream->exchange || stream->refused != 0) return;
    const auto& limits = connection_.service().limits;
    auto& worker = connection_.worker();
    if (stream->request.body.size() + bytes.size() > limits.bodyBytes)
        stream->refused = 413;
    else if (worker.bodyBytes + bytes.size() > limits.bodiesTogether)
        stream->refused = 503;
    if (stream->refused == 0) {
        stream->request.body.append(bytes);
        worker.bodyBytes += bytes.size();
        return;
    }
    worker.bodyBytes -= stream->request.body.size();
    stream->request.body = {};
    const auto answer = refusal(stream->refused, stream->request.headers);
    stream->out.push_back(answer.body);
    stream->ended = true;
    queued_ += answer.body.size();
    submit(*stream, answer, true);
}

void Http2::streamIsWhole(std::int32_t id)
{
    const auto stream = find(id);
    if (stream && !stream->exchange && stream->refused == 0) handle(*stream);
}

void Http2::handle(Stream& stream)
{
    connection_.worker().bodyBytes -= stream.request.body.size();
    HttpRequest request = std::move(stream.request);
    stream.request = {};
    stream.request.method = request.method;
    if (request.headers.find("host").empty())
        request.headers.add("host", std::string(request.headers.find(":authority")));
    request.remote = connection_.remote();
    request.secure = connection_.secure();
    request.http2 = true;
    stream.exchange = std::make_shared<Exchange>(connection_.shared_from_this(), static_cast<std::uint64_t>(stream.id),
                                                 std::move(request));
    connection_.service().handler(std::shared_ptr(stream.exchange));
}

void Http2::streamClosed(std::int32_t id)
{
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    Stream stream = std::move(found->second);
    streams_.erase(found);
    if (!stream.exchange) connection_.worker().bodyBytes -= stream.request.body.size();
    for (const auto& piece : stream.out)
        queued_ -= piece.size();
    queued_ += stream.outTaken;
    if (stream.exchange) stream.exchange->gone();
}

ssize_t Http2::take(std::int32_t id, std::uint8_t* into, std::size_t room, std::uint32_t& flags)
{
    const auto stream = find(id);
    if (!stream) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    std::size_t taken = 0;
    while (taken < room && !stream->out.empty()) {
        const auto& piece = stream->out.front();
        const auto size = std::min(room - taken, piece.size() - stream->outTaken);
        std::memcpy(into + taken, piece.data() + stream->outTaken, size);
        taken += size;
        stream->outTaken += size;
        if (stream->outTaken == piece.size()) {
            queued_ -= piece.size();
            stream->outTaken = 0;
            stream->out.pop_front();
        }
    }
    stream->progress = connection_.worker().tick();
    if (stream->streaming && stream->exchange && taken > 0) stream->exchange->took(taken);
    if (stream->out.empty() && stream->ended)
        flags |= NGHTTP2_DATA_FLAG_EOF;
    else if (taken == 0)
        return NGHTTP2_ERR_DEFERRED;
    return static_cast<ssize_t>(taken);
}

void Http2::submit(Stream& stream, const HttpAnswer& answer, bool lengthIsKnown)
{
    // Names in lower case, one behind the other.
    std::string names;
    for (std::size_t i = 0; i < answer.headers.size(); ++i)
        for (const char c : answer.headers.name(i))
            names.push_back(lower(c));
    std::vector<nghttp2_nv> fields;
    const auto add = [&](std::string_view name, std::string_view value) {
        const auto bytes = [](std::string_view text) {
            return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data())); // nghttp2 copies it
        };
        fields.push_back({bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    };
    const auto status = std::to_string(answer.status), length = std::to_string(answer.body.size());
    add(":status", status);
    add("date", httpDate());
    std::string_view rest = names;
    for (std::size_t i = 0; i < answer.headers.size(); ++i) {
        add(rest.substr(0, answer.headers.name(i).size()), answer.headers.value(i));
        rest.remove_prefix(answer.headers.name(i).size());
    }
    if (lengthIsKnown) add("content-length", length);
    stream.progress = connection_.worker().tick();
    nghttp2_data_provider body{};
    body.read_callback = [](nghttp2_session*, std::int32_t id, std::uint8_t* into, std::size_t room,
                            std::uint32_t* flags, nghttp2_data_source*,
                            void* user) -> ssize_t { return self(user).take(id, into, room, *flags); };
    const bool noBody = stream.request.method == "HEAD" || (lengthIsKnown && answer.body.empty());
    nghttp2_submit_response(session_, stream.id, fields.data(), fields.size(), noBody ? nullptr : &body);
}

void Http2::answer(Exchange& exchange, HttpAnswer answer)
{
    const auto stream = of(exchange);
    if (!stream) return;
    submit(*stream, answer, true);
    stream->ended = true;
    if (stream->request.method != "HEAD" && !answer.body.empty()) {
        queued_ += answer.body.size();
        stream->out.push_back(std::move(answer.body));
    }
    exchange.finished();
    if (queued_ > connection_.service().limits.unsentBytes) connection_.close();
}

void Http2::begin(Exchange& exchange, HttpAnswer head)
{
    const auto stream = of(exchange);
    if (!stream) return;
    stream->streaming = true;
    submit(*stream, head, false);
    write(exchange, std::move(head.body));
}

void Http2::write(Exchange& exchange, std::string bytes)
{
    const auto stream = of(exchange);
    if (!stream || bytes.empty()) return;
    if (stream->out.empty()) stream->progress = connection_.worker().tick();
    queued_ += bytes.size();
    stream->out.push_back(std::move(bytes));
    nghttp2_session_resume_data(session_, stream->id);
    if (queued_ > connection_.service().limits.unsentBytes) connection_.close();
}

void Http2::end(Exchange& exchange)
{
    const auto stream = of(exchange);
    if (!stream) return;
    stream->ended = true;
    exchange.finished();
    nghttp2_session_resume_data(session_, stream->id);
}

} // namespace

std::unique_ptr<Protocol> makeHttp2(Connection& connection) { return std::make_unique<Http2>(connection); }

} // namespace streamwright::endpoint
