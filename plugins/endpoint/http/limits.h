// SPDX-License-Identifier: GPL-3.0-or-later
// What a stranger may send and hold. Values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace streamwright::endpoint {

struct HttpLimits {
    std::uint32_t headerBytes = 64 << 10;
    std::size_t bodyBytes = 16 << 20;
    std::size_t bodiesTogether = 512 << 20; // of one worker's unfinished requests
    std::size_t connections = 20'000; // fewer where the system allows fewer files
    std::uint32_t streams = 256; // of an HTTP/2 connection at once
    std::size_t unsentBytes = 64 << 20; // a client that leaves more unread is cut off
    // In ticks of the coarse clock:
    std::chrono::milliseconds tick{1000};
    std::uint32_t headerTicks = 30; // from the first byte to the end of the header
    std::uint32_t bodyTicks = 30; // from there to the end of the body
    std::uint32_t writeTicks = 60; // without the client's taking a byte
    std::uint32_t lingerTicks = 5; // for the client to read an answer that ends the connection
};

inline constexpr std::size_t kReadBytes = 64 << 10; // one read of a socket
inline constexpr std::size_t kSendAhead = 256 << 10; // no further answers are made while as much is unsent

} // namespace streamwright::endpoint
