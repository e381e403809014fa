// SPDX-License-Identifier: GPL-3.0-or-later
// The hashes: MD5 (routing, SQS checksums), SHA-256 (deduplication), CRC-32C (log frames), CRC-32 (event streams) and a
// fast running digest (the run's digest); and AES for tokens that clients hand back. MD5, SHA-256 and AES by OpenSSL, the
// CRCs by ISA-L, RunningDigest by xxHash (XXH3, 64 bit).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/uint128.h"

namespace streamwright {

using Md5 = std::array<unsigned char, 16>;

Md5 md5(std::string_view bytes);
std::string md5Hex(std::string_view bytes);
// The MD5 read as a big-endian unsigned integer: the hash key of a partition key (Kinesis routing).
Uint128 md5AsUint128(std::string_view bytes);
std::string sha256Hex(std::string_view bytes);
std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed = 0);
std::uint32_t crc32(std::string_view bytes);
// A stable 64-bit hash of a text (not for untrusted keys).
std::uint64_t stableHash(std::string_view bytes, std::uint64_t seed = 0);

// AES-128 in CBC mode from a zero vector, without padding: the size must be a multiple of 16.
using AesKey = std::array<unsigned char, 16>;
std::string aesEncrypt(const AesKey& key, std::string_view plain);
std::string aesDecrypt(const AesKey& key, std::string_view cipher);

// Order-dependent hash over everything added. One thread at a time.
class RunningDigest {
public:
    void add(std::string_view bytes); // length-prefixed, so that "ab","c" differs from "a","bc"
    void add(std::uint64_t number);
    std::uint64_t value() const { return chain_; }

private:
    std::uint64_t chain_ = 0x9E3779B97F4A7C15ull;
};

} // namespace streamwright
