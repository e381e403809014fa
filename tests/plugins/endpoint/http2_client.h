// SPDX-License-Identifier: GPL-3.0-or-later
// Http2Client: HTTP/2 by prior knowledge to a server of the test: nghttp2's client side on a TestClient. One thread.
#pragma once

#include <cstring>
#include <map>
#include <nghttp2/nghttp2.h>
#include <vector>

#include "tests/plugins/endpoint/test_client.h"

namespace streamwright::endpoint {

class Http2Client {
public:
    struct Stream {
        std::map<std::string, std::string> headers;
        std::string body, sending;
        std::size_t sent = 0;
        bool closed = false;
        std::uint32_t error = 0;
    };

    explicit Http2Client(std::uint16_t port) : client_(port)
    {
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_header_callback(
            callbacks, [](nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                          const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* user) {
                auto& stream = static_cast<Http2Client*>(user)->streams[frame->hd.stream_id];
                stream.headers[std::string(name, name + nameSize)] = std::string(value, value + valueSize);
                return 0;
            });
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
            callbacks, [](nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                          void* user) {
                static_cast<Http2Client*>(user)->streams[id].body.append(bytes, bytes + size);
                return 0;
            });
        nghttp2_session_callbacks_set_on_stream_close_callback(
            callbacks, [](nghttp2_session*, std::int32_t id, std::uint32_t error, void* user) {
                auto& stream = static_cast<Http2Client*>(user)->streams[id];
                stream.closed = true;
                stream.error = error;
                return 0;
            });
        nghttp2_session_client_new(&session_, callbacks, this);
        nghttp2_session_callbacks_del(callbacks);
        nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
    }
    ~Http2Client() { nghttp2_session_del(session_); }

    using Fields = std::vector<std::pair<std::string, std::string>>;
    std::int32_t ask(const std::string& path, std::string body = {}, bool endsBody = true, const Fields& more = {})
    {
        const auto field = [](const char* name, const std::string& value) {
            const auto bytes = [](const char* text) {
                return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text));
            };
            return nghttp2_nv{bytes(name), bytes(value.data()), std::strlen(name), value.size(), NGHTTP2_NV_FLAG_NONE};
        };
        const bool hasBody = !body.empty() || !endsBody;
        const std::string method = hasBody ? "POST" : "GET", scheme = "http", authority = "streams.test:4566";
        std::vector<nghttp2_nv> fields = {field(":method", method), field(":scheme", scheme), field(":path", path),
                                          field(":authority", authority)};
        for (const auto& [name, value] : more)
            fields.push_back(field(name.c_str(), value));
        nghttp2_data_provider source{};
        source.read_callback = [](nghttp2_session*, std::int32_t id, std::uint8_t* into, std::size_t room,
                                  std::uint32_t* flags, nghttp2_data_source* from, void* user) -> ssize_t {
            auto& stream = static_cast<Http2Client*>(user)->streams[id];
            const auto size = std::min(room, stream.sending.size() - stream.sent);
            std::copy_n(stream.sending.data() + stream.sent, size, into);
            stream.sent += size;
            if (stream.sent < stream.sending.size()) return static_cast<ssize_t>(size);
            if (from->fd == 0 && size == 0) return NGHTTP2_ERR_DEFERRED;
            if (from->fd == 1) *flags |= NGHTTP2_DATA_FLAG_EOF;
            return static_cast<ssize_t>(size);
        };
        source.source.fd = endsBody ? 1 : 0;
        const auto id = nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(),
                                               hasBody ? &source : nullptr, nullptr);
        streams[id].sending = std::move(body);
        return id;
    }
    void send()
    {
        const std::uint8_t* bytes = nullptr;
        for (;;) {
            const auto size = nghttp2_session_mem_send(session_, &bytes);
            if (size <= 0) return;
            client_.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
        }
    }
    // false: the connection ended first.
    template <typename Predicate>
    bool until(Predicate predicate)
    {
        for (;;) {
            send();
            if (predicate()) return true;
            if (!client_.receive()) return false;
            const auto bytes = std::exchange(client_.in(), {});
            nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        }
    }
    const Stream& finish(std::int32_t id)
    {
        until([&] { return streams[id].closed; });
        return streams[id];
    }
    void cancel(std::int32_t id) { nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL); }
    TestClient& socket() { return client_; }

    std::map<std::int32_t, Stream> streams;

private:
    TestClient client_;
    nghttp2_session* session_ = nullptr;
};

} // namespace streamwright::endpoint
