// SPDX-License-Identifier: GPL-3.0-or-later
// TestClient: a blocking socket to a server of the test, and just enough HTTP/1.1 to read answers. One thread.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace streamwright::endpoint {

struct TestAnswer {
    int status = 0; // 0: the connection ended before an answer
    std::string head, body;

    bool has(const std::string& text) const { return head.find(text) != std::string::npos; }
};

class TestClient {
public:
    explicit TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        // Only so that a fault fails the test instead of stopping it.
        const timeval patience{60, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const int on = 1; // or small packets wait for the other side's delayed acknowledgements
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    TestClient(TestClient&& other) : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_) { }
    ~TestClient() { hangUp(); }

    bool connected() const { return connected_; }
    int descriptor() const { return socket_; }
    void hangUp()
    {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    void finishSending() { ::shutdown(socket_, SHUT_WR); }

    // false: the other side has hung up.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (size <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }
    // At least one more byte in in(); false: the end.
    bool receive()
    {
        char bytes[65536];
        const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        if (size <= 0) return false;
        in_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }
    std::string& in() { return in_; }
    // Everything until the other side hangs up.
    std::string rest()
    {
        while (receive()) { }
        return std::exchange(in_, {});
    }
    bool await(std::string_view text)
    {
        while (in_.find(text) == std::string::npos)
            if (!receive()) return false;
        return true;
    }

    TestAnswer answer(bool head = false)
    {
        TestAnswer answer;
        if (!await("\r\n\r\n")) return answer;
        answer.head = in_.substr(0, in_.find("\r\n\r\n") + 2);
        in_.erase(0, answer.head.size() + 2);
        answer.status = std::stoi(answer.head.substr(9, 3));
        if (head || answer.status == 100) return answer;
        if (const auto at = answer.head.find("Content-Length: "); at != std::string::npos) {
            const auto size = std::stoul(answer.head.substr(at + 16));
            while (in_.size() < size && receive()) { }
            answer.body = in_.substr(0, size);
            in_.erase(0, size);
        } else if (answer.has("Transfer-Encoding: chunked")) {
            while (std::size_t size = chunk(answer.body)) {
                (void)size;
            }
        } else {
            answer.body = rest();
        }
        return answer;
    }
    // Adds the next chunk's bytes; 0: the last, or the connection's end.
    std::size_t chunk(std::string& into)
    {
        if (!await("\r\n")) return 0;
        const auto size = std::stoul(in_, nullptr, 16);
        const auto begin = in_.find("\r\n") + 2;
        while (in_.size() < begin + size + 2 && receive()) { }
        into.append(in_, begin, size);
        in_.erase(0, begin + size + 2);
        return size;
    }

private:
    int socket_;
    bool connected_ = false;
    std::string in_;
};

} // namespace streamwright::endpoint
