// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/decompress.h"

#include <isa-l/igzip_lib.h>
#include <snappy.h>

#include <algorithm>
#include <limits>

namespace streamwright {

namespace {

constexpr std::size_t kZipHead = 30;
constexpr std::size_t kInflated = std::size_t{256} << 10; // bytes at once
constexpr std::string_view kSnappyMagic("\x82SNAPPY\0", 8);
constexpr std::size_t kSnappyHead = 16;
constexpr std::size_t kMostBlock = std::size_t{64} << 20; // a larger one is no block

std::uint32_t big(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::size_t little16(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]) | std::size_t{static_cast<unsigned char>(bytes[at + 1])} << 8;
}

void inflate(std::string_view data, std::uint32_t wrapping, std::size_t most, Decompressed& into)
{
    inflate_state state;
    isal_inflate_init(&state);
    state.crc_flag = wrapping;
    // ISA-L takes a non-const pointer but only reads.
    state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(data.data()));
    state.avail_in = static_cast<std::uint32_t>(std::min<std::size_t>(data.size(), std::numeric_limits<int>::max()));
    std::string block(std::min(kInflated, most + 1), '\0');
    int status = ISAL_DECOMP_OK;
    while (state.block_state != ISAL_BLOCK_FINISH) {
        state.next_out = reinterpret_cast<std::uint8_t*>(block.data());
        state.avail_out = static_cast<std::uint32_t>(block.size());
        status = isal_inflate(&state);
        const std::size_t got = block.size() - state.avail_out;
        const std::size_t room = most - into.plain.size();
        into.plain.append(block, 0, std::min(got, room));
        into.cut = into.cut || got > room;
        if (status != ISAL_DECOMP_OK || got == 0 || into.cut) break;
    }
    into.damaged = !into.cut && (status != ISAL_DECOMP_OK || state.block_state != ISAL_BLOCK_FINISH);
}

// Appends a block of raw Snappy; false when it is none.
bool appendSnappy(std::string_view block, std::size_t most, Decompressed& into)
{
    std::size_t size = 0;
    if (!snappy::GetUncompressedLength(block.data(), block.size(), &size) || size > kMostBlock) return false;
    std::string plain;
    if (!snappy::Uncompress(block.data(), block.size(), &plain)) return false;
    const std::size_t room = most - into.plain.size();
    into.plain.append(plain, 0, std::min(plain.size(), room));
    into.cut = into.cut || plain.size() > room;
    return true;
}

void snappyStream(std::string_view data, std::size_t most, Decompressed& into)
{
    std::size_t at = kSnappyHead;
    while (at + 4 <= data.size() && !into.cut) {
        const std::size_t size = big(data, at);
        if (size > data.size() - at - 4 || !appendSnappy(data.substr(at + 4, size), most, into)) return;
        at += 4 + size;
    }
    into.cut = into.cut || at < data.size();
}

// Blocks of their plain size, their stored size and raw Snappy. False when the first is none: then it is another format.
bool hadoopSnappy(std::string_view data, std::size_t most, Decompressed& into)
{
    std::size_t at = 0;
    while (at + 8 <= data.size() && !into.cut) {
        const std::size_t plain = big(data, at), size = big(data, at + 4);
        std::size_t told = 0;
        if (size == 0 || size > data.size() - at - 8 ||
            !snappy::GetUncompressedLength(data.data() + at + 8, size, &told) || told != plain ||
            !appendSnappy(data.substr(at + 8, size), most, into))
            return at > 0;
        at += 8 + size;
    }
    return at > 0;
}

} // namespace

Decompressed decompress(std::string_view stored, ByteCount bound)
{
    Decompressed result;
    const std::size_t most = bound.value();
    if (stored.starts_with("\x1f\x8b")) {
        result.format = "GZIP";
        inflate(stored, ISAL_GZIP, most, result);
    } else if (stored.starts_with("PK\x03\x04") && stored.size() > kZipHead) {
        result.format = "ZIP";
        const std::size_t head = kZipHead + little16(stored, 26) + little16(stored, 28);
        const bool deflated = little16(stored, 8) == 8;
        if (deflated && head < stored.size()) inflate(stored.substr(head), ISAL_DEFLATE, most, result);
    } else if (stored.starts_with(kSnappyMagic) && stored.size() >= kSnappyHead) {
        result.format = "Snappy";
        snappyStream(stored, most, result);
    } else if (hadoopSnappy(stored, most, result)) {
        result.format = "Snappy";
    } else {
        result = {};
        result.plain = stored.substr(0, most);
        result.cut = stored.size() > most;
    }
    return result;
}

} // namespace streamwright
