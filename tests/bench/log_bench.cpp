// SPDX-License-Identifier: GPL-3.0-or-later
// log_bench [DIRECTORY]: how fast the log appends and reads, each figure beside what the machine could do at best:
// memcpy of pieces of the same size, or writing and syncing the same volume in the same directory (default: below
// /tmp).
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
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
    for (int i = 0; i < rounds; ++i)
        best = std::min(best, secondsOf(body));
    return best;
}

void line(const char* figure, double value, const char* unit, double limit, const char* limitName)
{
    std::printf("%-46s %10.1f %-9s %10.1f %-34s %5.0f %%\n", figure, value, unit, limit, limitName,
                100 * value / limit);
}

char* mapped(std::size_t volume)
{
    return static_cast<char*>(::mmap(nullptr, volume, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

// Copies pieces one after the other into a large buffer whose (huge) pages are there; MiB/s.
double memcpyRate(std::size_t piece)
{
    const std::size_t volume = std::size_t{256} << 20;
    char* target = mapped(volume);
    ::madvise(target, volume, MADV_HUGEPAGE);
    std::memset(target, 'x', volume);
    const std::vector<char> source(piece, 'y');
    const double best = bestSecondsOf(5, [&] {
        for (std::size_t at = 0; at + piece <= volume; at += piece)
            std::memcpy(target + at, source.data(), piece);
    });
    ::munmap(target, volume);
    return volume / kMiB / best;
}

// The same into pages the system has to make first.
double freshMemcpyRate(std::size_t piece, std::size_t volume)
{
    const std::vector<char> source(piece, 'y');
    const double best = bestSecondsOf(3, [&] {
        char* target = mapped(volume);
        for (std::size_t at = 0; at + piece <= volume; at += piece)
            std::memcpy(target + at, source.data(), piece);
        ::munmap(target, volume);
    });
    return static_cast<double>(volume) / kMiB / best;
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
    line("append 1 KiB, memory, 64 MiB kept", appendRate(1024, volume, 64 << 10, 5), "MiB/s", limit,
         "memcpy of 1 KiB pieces");
    double growing = 0;
    for (int i = 0; i < 3; ++i)
        growing = std::max(growing, appendRate(1024, volume, volume, 1));
    line("append 1 KiB, memory, growing to 256 MiB", growing, "MiB/s", freshMemcpyRate(1024, volume),
         "memcpy into fresh memory");
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
    for (std::uint64_t i = 0; i < count; ++i)
        (void)log->append({.data = data});
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
        for (std::uint64_t i = 0; i < 100'000; ++i)
            seen += log->read(i * 7919 % count, 1, ByteCount(1)).records.size();
    });
    std::printf("%-46s %10.1f %-9s\n", "read one record anywhere", single / 100'000 * 1e9, "ns");
    if (seen == 0) std::puts("nothing read");
}

// Writes the volume to one file in chunks, each synced; MiB/s.
double syncedWriteRate(const std::string& directory, std::size_t chunk, std::size_t volume)
{
    const std::string path = directory + "/sequential";
    const std::vector<char> source(chunk, 'y');
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const double took = secondsOf([&] {
        for (std::size_t at = 0; at < volume; at += chunk) {
            if (::write(file, source.data(), chunk) != static_cast<ssize_t>(chunk) || ::fdatasync(file) != 0)
                std::exit(1);
        }
    });
    ::close(file);
    ::unlink(path.c_str());
    return static_cast<double>(volume) / kMiB / took;
}

// Appends 1 KiB records to so many logs in turn, committing every `chunk` bytes; MiB/s.
double durableRate(const std::string& directory, std::size_t logCount, std::size_t chunk, std::size_t volume)
{
    const std::string path = directory + "/store";
    std::filesystem::remove_all(path);
    double took = 0;
    {
        auto store = std::move(LogStore::open(path)).value();
        std::vector<std::shared_ptr<ShardLog>> logs;
        for (std::size_t i = 0; i < logCount; ++i)
            logs.push_back(std::move(store->log("bench/" + std::to_string(i))).value());
        if (!store->commit()) std::exit(1);
        const std::string data(1024 - 8, 'y');
        const Record record{.key = "key-0001", .data = data};
        took = secondsOf([&] {
            for (std::size_t i = 1; i <= volume / 1024; ++i) {
                (void)logs[i % logCount]->append(record);
                if (i * 1024 % chunk == 0 && !store->commit()) std::exit(1);
            }
        });
    }
    std::filesystem::remove_all(path);
    return static_cast<double>(volume) / kMiB / took;
}

// Both by turns, because disks of virtual machines change their mind from second to second; the median of the ratios.
void benchDurable(const std::string& directory, std::size_t logCount, std::size_t chunkMiB)
{
    const std::size_t chunk = chunkMiB << 20, volume = std::size_t{128} << 20;
    struct Round {
        double rate, limit;
    };
    std::vector<Round> rounds;
    for (int i = 0; i < 5; ++i) {
        const double limit = syncedWriteRate(directory, chunk, volume);
        rounds.push_back({durableRate(directory, logCount, chunk, volume), limit});
    }
    std::sort(rounds.begin(), rounds.end(),
              [](const Round& a, const Round& b) { return a.rate / a.limit < b.rate / b.limit; });
    const std::string name =
        "append 1 KiB, durable, " + std::to_string(logCount) + " logs, " + std::to_string(chunkMiB) + " MiB commits";
    line(name.c_str(), rounds[2].rate, "MiB/s", rounds[2].limit, "write + fdatasync of as much");
}

void benchIdle(const std::string& directory)
{
    const auto measure = [](LogStore& store, const char* figure) {
        constexpr int count = 10'000;
        std::vector<std::shared_ptr<ShardLog>> logs;
        logs.reserve(count);
        const std::size_t before = ::mallinfo2().uordblks;
        for (int i = 0; i < count; ++i)
            logs.push_back(std::move(store.log("stream/shardId-" + std::to_string(i))).value());
        line(figure, static_cast<double>(::mallinfo2().uordblks - before) / count, "bytes", 1536, "(target)");
    };
    measure(*LogStore::inMemory(), "memory of an idle log, memory");
    measure(*std::move(LogStore::open(directory + "/idle")).value(), "memory of an idle log, durable");
}

} // namespace

int main(int argc, char** argv)
{
    const std::string parent = argc > 1 ? argv[1] : "/tmp";
    const std::string directory = parent + "/streamwright-log-bench-" + std::to_string(::getpid());
    if (!std::filesystem::create_directory(directory)) return 2;
    std::printf("%-46s %10s %-9s %10s %-34s %7s\n", "figure", "value", "unit", "limit", "what limits", "ratio");
    benchMemory();
    benchRead();
    benchIdle(directory);
    for (const std::size_t chunkMiB : {1, 4})
        benchDurable(directory, 1, chunkMiB);
    for (const std::size_t logs : {16, 64})
        benchDurable(directory, logs, 4);
    std::filesystem::remove_all(directory);
    return 0;
}
