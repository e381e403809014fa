// SPDX-License-Identifier: GPL-3.0-or-later
// Arbitrary bytes as the files of a log: recovery must come through, and what it gives must be in order.
// The first byte says how to take the rest: bit 0, put right checksums in (so that the fuzzer gets past them); bit 1,
// cut it into two files; the others, where the trim mark stands.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/digest.h"
#include "core/log/log_name.h"
#include "core/log/log_recovery.h"

namespace {

using namespace streamwright;

// A folder in memory for this process, left to the next run of the same process number to clear.
const std::string& folder()
{
    static const std::string made = [] {
        const std::string path = "/dev/shm/streamwright-log-fuzz-" + std::to_string(::getpid());
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
        std::atexit(
            [] { std::filesystem::remove_all("/dev/shm/streamwright-log-fuzz-" + std::to_string(::getpid())); });
        return path;
    }();
    return made;
}

void repairChecksums(std::string& content)
{
    SegmentFileHeader file;
    if (content.size() < sizeof file) return;
    std::memcpy(&file, content.data(), sizeof file);
    file.crc = headerChecksum(file);
    std::memcpy(content.data(), &file, sizeof file);
    for (std::size_t at = sizeof file; at + sizeof(FrameHeader) <= content.size();) {
        const FrameHeader header = frameHeaderAt(content.data() + at);
        const std::size_t bytes = frameBytes(header);
        if (bytes > content.size() - at) return;
        const std::uint32_t crc = crc32c({content.data() + at + sizeof crc, bytes - sizeof crc});
        std::memcpy(content.data() + at, &crc, sizeof crc);
        at += paddedToFrame(bytes);
    }
}

void readAll(const SegmentRun& run)
{
    std::uint64_t expected = run.first(), payload = 0;
    Time newest{Duration::min()};
    for (std::uint64_t at = run.first(); at < run.next();) {
        const LogRead read = run.read(at, 100, ByteCount::mib(1));
        for (const Record& record : read.records) {
            CHECK(record.sequence >= expected && record.sequence < run.next() && record.time >= newest);
            expected = record.sequence + 1;
            newest = record.time;
            payload += record.key.size() + record.data.size();
            for (const char byte : record.data)
                asm volatile("" ::"r"(byte)); // touches every byte
        }
        CHECK(read.next > at);
        at = read.next;
    }
    CHECK(run.size() == ByteCount(payload));
    CHECK(run.positionAt(newest) <= run.next());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::uint8_t how = data[0];
    std::string content(reinterpret_cast<const char*>(data + 1), size - 1);
    std::vector<std::string> contents;
    if ((how & 2) != 0) {
        contents = {content.substr(0, content.size() / 2), content.substr(content.size() / 2)};
    } else {
        contents = {content};
    }
    std::map<std::uint64_t, std::string> paths;
    for (std::string& file : contents) {
        if ((how & 1) != 0) repairChecksums(file);
        const std::uint64_t firstSequence = paths.size() * 3;
        const std::string path = segmentPath(folder() + "/log.", firstSequence);
        std::ofstream(path, std::ios::binary | std::ios::trunc) << file;
        paths[firstSequence] = path;
    }
    std::vector<Problem> findings;
    auto recovered = recoverLog("log", paths, {.first = static_cast<std::uint64_t>(how >> 2)},
                                std::make_shared<BufferPool>(), findings);
    if (recovered) readAll(recovered->run);
    return 0;
}
