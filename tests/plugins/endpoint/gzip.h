// SPDX-License-Identifier: GPL-3.0-or-later
// gzip by zlib, for tests of compressed bodies.
#pragma once

#include <string>
#include <zlib.h>

namespace streamwright::endpoint {

inline std::string gzip(std::string plain)
{
    constexpr int kWithGzipHead = 15 + 16;
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWithGzipHead, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace streamwright::endpoint
