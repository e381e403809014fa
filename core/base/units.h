// SPDX-License-Identifier: GPL-3.0-or-later
// Times, durations and byte counts as types. Time is UTC with microsecond resolution and comes from a Clock only;
// Duration is a span of it. ByteCount counts bytes (1 MiB = 1,048,576). Values; any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace streamwright {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;
using namespace std::chrono_literals;

inline constexpr Time kNever = Time::max();

constexpr Duration seconds(std::int64_t n) { return std::chrono::seconds(n); }
constexpr Duration milliseconds(std::int64_t n) { return std::chrono::milliseconds(n); }
constexpr double inSeconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }
constexpr double inMilliseconds(Duration d) { return static_cast<double>(d.count()) / 1e3; }

// Milliseconds since the Unix epoch, as the services put time on the wire.
constexpr std::int64_t epochMilliseconds(Time t)
{
    return std::chrono::floor<std::chrono::milliseconds>(t).time_since_epoch().count();
}

// "2026-01-31T23:59:59.123Z"
std::string isoTime(Time t);

class ByteCount {
public:
    constexpr ByteCount() = default;
    constexpr explicit ByteCount(std::uint64_t bytes) : bytes_(bytes) { }
    static constexpr ByteCount kib(std::uint64_t n) { return ByteCount(n << 10); }
    static constexpr ByteCount mib(std::uint64_t n) { return ByteCount(n << 20); }

    constexpr std::uint64_t value() const { return bytes_; }
    constexpr auto operator<=>(const ByteCount&) const = default;
    constexpr ByteCount& operator+=(ByteCount other)
    {
        bytes_ += other.bytes_;
        return *this;
    }
    constexpr ByteCount& operator-=(ByteCount other)
    {
        bytes_ -= other.bytes_;
        return *this;
    }
    friend constexpr ByteCount operator+(ByteCount a, ByteCount b) { return a += b; }
    friend constexpr ByteCount operator-(ByteCount a, ByteCount b) { return a -= b; }

private:
    std::uint64_t bytes_ = 0;
};

} // namespace streamwright
