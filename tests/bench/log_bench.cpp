// SPDX-License-Identifier: GPL-3.0-or-later
// log_bench [DIRECTORY]: how fast the log appends and reads, each figure beside what the machine could do at best: memcpy
// of pieces of the same size, or writing and syncing the same volume in the same directory (default: below /tmp).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "core/log/log_store.h"

namespace {

using namespace streamwright;

constexpr double kMiB = 1 << 20;

template <typename Body>
double secondsOf(Body&& body)
{
    const auto start = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <typename Body>
double bestSecondsOf(int rounds, Body&& body)
{
    double best = 1e9;
    for (int i = 0; i < rounds; ++i) best = std::min(best, secondsOf(body));
    return best;
}

void line(const char* figure, double value, const char* unit, double limit, const char* limitName)
{
    std::printf("%-46s %10.1f %-9s %10.1f %-34s %5.0f %%\n", figure, value, unit, limit, limitName, 100 * value / limit);
}

// Copies pieces one after the other into a large buffer whose pages are there; MiB/s.
double memcpyRate(std::size_t piece)
{
    const std::size_t volume = std::size_t{256} << 20;
    std::vector<char> target(volume, 'x');
    const std::vector<char> source(piece, 'y');
    const double best = bestSecondsOf(5, [&] {
        for (std::size_t at = 0; at + piece <= volume; at += piece) std::memcpy(target.data() + at, source.data(), piece);
    });
    return volume / kMiB / best;
}

// Appends volume bytes to a log that keeps the newest `kept` records; MiB/s of payload.
double appendRate(std::size_t size, std::size_t volume, std::uint64_t kept, int rounds)
{
    const auto store = LogStore::inMemory();
    const auto log = std::move(store->log("bench/log")).value();
    const std::string data(size - 8, 'y');
    const Record record{.key = "key-0001", .data = data};
    const std::uint64_t count = volume / size;
    const double best = bestSecondsOf(rounds, [&] {
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t sequence = *log->append(record);
            if (sequence % 1024 == 0 && sequence > kept) log->trim(sequence - kept);
        }
    });
    return static_cast<double>(count * size) / kMiB / best;
}

void benchMemory()
{
    const double limit = memcpyRate(1024);
    const std::size_t volume = std::size_t{256} << 20;
    line("append 1 KiB, memory, 64 MiB kept", appendRate(1024, volume, 64 << 10, 5), "MiB/s", limit, "memcpy of 1 KiB pieces");
    line("append 1 KiB, memory, growing to 256 MiB", appendRate(1024, volume, volume, 1), "MiB/s", limit,
         "memcpy of 1 KiB pieces");
    const double small = appendRate(100, std::size_t{64} << 20, 100'000, 5);
    const double smallLimit = memcpyRate(100);
    line("append 100 B, memory", small, "MiB/s", smallLimit, "memcpy of 100 B pieces");
    line("append 100 B, memory, a record", 100 / (small * kMiB) * 1e9, "ns", 50, "(target)");
}

void benchRead()
{
    const auto store = LogStore::inMemory();
    const auto log = std::move(store->log("bench/log")).value();
    const std::string data(100, 'y');
    const std::uint64_t count = 1'000'000;
    for (std::uint64_t i = 0; i < count; ++i) (void)log->append({.data = data});
    std::uint64_t seen = 0;
    const double best = bestSecondsOf(5, [&] {
        for (std::uint64_t at = 0; at < count;) {
            const LogRead read = log->read(at, 1000, ByteCount::mib(1));
            seen += read.records.size();
            at = read.next;
        }
    });
    std::printf("%-46s %10.1f %-9s\n", "read 100 B, batches of 1000, a record", best / count * 1e9, "ns");
    const double single = bestSecondsOf(3, [&] {
        for (std::uint64_t i = 0; i < 100'000; ++i) seen += log->read(i * 7919 % count, 1, ByteCount(1)).records.size();
    });
    std::printf("%-46s %10.1f %-9s\n", "read one record anywhere", single / 100'000 * 1e9, "ns");
    if (seen == 0) std::puts("nothing read");
}

} // namespace

int main()
{
    std::printf("%-46s %10s %-9s %10s %-34s %7s\n", "figure", "value", "unit", "limit", "what limits", "ratio");
    benchMemory();
    benchRead();
    return 0;
}
