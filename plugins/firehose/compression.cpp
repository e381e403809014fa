// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/compression.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <snappy.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/check.h"

namespace streamwright::firehose {

namespace {

void appendLittle(std::string& out, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

void appendBig(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(value >> shift & 0xFF));
}

// Appends the deflated data to out; wrapping: IGZIP_DEFLATE (raw) or IGZIP_GZIP.
void appendDeflated(std::string& out, std::string_view data, std::uint16_t wrapping)
{
    std::vector<std::uint8_t> levelBuffer(ISAL_DEF_LVL1_DEFAULT);
    isal_zstream stream;
    isal_deflate_init(&stream);
    stream.avail_in = 0;
    stream.level = 1;
    stream.level_buf = levelBuffer.data();
    stream.level_buf_size = static_cast<std::uint32_t>(levelBuffer.size());
    stream.gzip_flag = wrapping;

    std::size_t used = out.size();
    out.resize(used + data.size() / 3 + 1024);
    do {
        if (stream.avail_in == 0) { // its counters have 32 bits
            const std::size_t part = std::min<std::size_t>(data.size(), 1u << 30);
            // ISA-L takes a non-const pointer but only reads.
            stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(data.data()));
            stream.avail_in = static_cast<std::uint32_t>(part);
            data.remove_prefix(part);
            stream.end_of_stream = data.empty();
        }
        if (used == out.size()) out.resize(out.size() + out.size() / 2);
        const std::size_t room = std::min<std::size_t>(out.size() - used, 1u << 30);
        stream.next_out = reinterpret_cast<std::uint8_t*>(out.data() + used);
        stream.avail_out = static_cast<std::uint32_t>(room);
        CHECK(isal_deflate(&stream) == COMP_OK);
        used += room - stream.avail_out;
    } while (stream.internal_state.state != ZSTATE_END);
    out.resize(used);
}

std::string gzip(std::string_view data)
{
    std::string out;
    appendDeflated(out, data, IGZIP_GZIP);
    return out;
}

// One deflated entry, in PKWARE's ZIP64 form where a size needs it not: Firehose's objects stay far below 4 GiB.
std::string zip(std::string_view data, std::string_view entry)
{
    CHECK(data.size() < UINT32_MAX && entry.size() <= UINT16_MAX);
    std::string deflated;
    appendDeflated(deflated, data, IGZIP_DEFLATE);
    const std::uint32_t crc = crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(data.data()), data.size());

    const auto appendEntry = [&](std::string& out) { // what the local and the central header share
        appendLittle(out, 20, 2); // version needed: 2.0
        appendLittle(out, 1 << 11, 2); // the name is UTF-8
        appendLittle(out, 8, 2); // deflated
        appendLittle(out, 0, 2); // 00:00:00
        appendLittle(out, 0x21, 2); // 1980-01-01: bytes must not depend on a clock
        appendLittle(out, crc, 4);
        appendLittle(out, deflated.size(), 4);
        appendLittle(out, data.size(), 4);
        appendLittle(out, entry.size(), 2);
        appendLittle(out, 0, 2); // no extra field
    };
    std::string out = "PK\x03\x04";
    out.reserve(deflated.size() + 2 * entry.size() + 128);
    appendEntry(out);
    out.append(entry).append(deflated);

    const std::size_t directory = out.size();
    out += "PK\x01\x02";
    appendLittle(out, 20, 2); // made by: 2.0
    appendEntry(out);
    out.append(2 + 2 + 2 + 4 + 4, '\0'); // comment, disk, attributes; the entry begins at 0
    out.append(entry);
    const std::size_t directorySize = out.size() - directory;
    out += "PK\x05\x06";
    appendLittle(out, 0, 2 + 2);
    appendLittle(out, 1, 2);
    appendLittle(out, 1, 2);
    appendLittle(out, directorySize, 4);
    appendLittle(out, directory, 4);
    appendLittle(out, 0, 2); // no comment
    return out;
}

std::string_view takeBlock(std::string_view& data, std::size_t size)
{
    const std::string_view block = data.substr(0, size);
    data.remove_prefix(block.size());
    return block;
}

// snappy-java's SnappyOutputStream, which the service uses: a head with two versions, then sizes and compressed blocks.
std::string snappyStream(std::string_view data)
{
    constexpr std::size_t kBlock = 32 * 1024;
    std::string out("\x82SNAPPY\0\0\0\0\1\0\0\0\1", 16);
    std::string block(snappy::MaxCompressedLength(kBlock), '\0');
    while (!data.empty()) {
        const std::string_view plain = takeBlock(data, kBlock);
        std::size_t size = 0;
        snappy::RawCompress(plain.data(), plain.size(), block.data(), &size);
        appendBig(out, static_cast<std::uint32_t>(size));
        out.append(block, 0, size);
    }
    return out;
}

// Hadoop's BlockCompressorStream: the plain size of a block, then the size and bytes of its compressed form.
std::string snappyHadoop(std::string_view data)
{
    constexpr std::size_t kBlock = 256 * 1024 - (256 * 1024 / 6 + 32); // Hadoop's buffer less what snappy may add
    std::string out;
    std::string block(snappy::MaxCompressedLength(kBlock), '\0');
    while (!data.empty()) {
        const std::string_view plain = takeBlock(data, kBlock);
        std::size_t size = 0;
        snappy::RawCompress(plain.data(), plain.size(), block.data(), &size);
        appendBig(out, static_cast<std::uint32_t>(plain.size()));
        appendBig(out, static_cast<std::uint32_t>(size));
        out.append(block, 0, size);
    }
    return out;
}

} // namespace

CompressionFormat compressionFormat(std::string_view name)
{
    if (name == "GZIP") return CompressionFormat::Gzip;
    if (name == "ZIP") return CompressionFormat::Zip;
    if (name == "Snappy") return CompressionFormat::Snappy;
    if (name == "HADOOP_SNAPPY") return CompressionFormat::HadoopSnappy;
    CHECK(name == "UNCOMPRESSED");
    return CompressionFormat::Uncompressed;
}

std::string_view fileExtension(CompressionFormat format)
{
    switch (format) {
    case CompressionFormat::Uncompressed:
        return "";
    case CompressionFormat::Gzip:
        return ".gz";
    case CompressionFormat::Zip:
        return ".zip";
    case CompressionFormat::Snappy:
    case CompressionFormat::HadoopSnappy:
        return ".snappy";
    }
    return "";
}

std::string compress(CompressionFormat format, std::string_view data, std::string_view entry)
{
    switch (format) {
    case CompressionFormat::Uncompressed:
        break;
    case CompressionFormat::Gzip:
        return gzip(data);
    case CompressionFormat::Zip:
        return zip(data, entry);
    case CompressionFormat::Snappy:
        return snappyStream(data);
    case CompressionFormat::HadoopSnappy:
        return snappyHadoop(data);
    }
    return std::string(data);
}

} // namespace streamwright::firehose
