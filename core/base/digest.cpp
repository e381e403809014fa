// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"

// The one-call MD5 of OpenSSL 3 looks its algorithm up on every call; the low-level functions cost a fourth of it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <isa-l/crc.h>
#include <openssl/aes.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include <algorithm>
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "core/base/check.h"

namespace streamwright {

namespace {

std::string hex(const unsigned char* bytes, std::size_t size)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(size * 2, '0');
    for (std::size_t i = 0; i < size; ++i) {
        text[2 * i] = kDigits[bytes[i] >> 4];
        text[2 * i + 1] = kDigits[bytes[i] & 15];
    }
    return text;
}

std::uint64_t bigEndian64(const unsigned char* bytes)
{
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

} // namespace

Md5 md5(std::string_view bytes)
{
    Md5 out{};
    MD5_CTX context;
    MD5_Init(&context);
    MD5_Update(&context, bytes.data(), bytes.size());
    MD5_Final(out.data(), &context);
    return out;
}

std::string md5Hex(std::string_view bytes)
{
    const Md5 sum = md5(bytes);
    return hex(sum.data(), sum.size());
}

Uint128 md5AsUint128(std::string_view bytes)
{
    const Md5 sum = md5(bytes);
    return makeUint128(bigEndian64(sum.data()), bigEndian64(sum.data() + 8));
}

std::string sha256Hex(std::string_view bytes)
{
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum);
    return hex(sum, sizeof sum);
}

std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed)
{
    // ISA-L takes a non-const pointer but only reads.
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    std::uint32_t crc = ~seed;
    while (!bytes.empty()) {
        const std::size_t part = std::min<std::size_t>(bytes.size(), 1u << 30);
        crc = crc32_iscsi(data, static_cast<int>(part), crc);
        data += part;
        bytes.remove_prefix(part);
    }
    return ~crc;
}

std::uint32_t crc32(std::string_view bytes)
{
    return crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::uint64_t stableHash(std::string_view bytes, std::uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string aesEncrypt(const AesKey& key, std::string_view plain)
{
    CHECK(plain.size() % AES_BLOCK_SIZE == 0);
    AES_KEY schedule;
    AES_set_encrypt_key(key.data(), 128, &schedule);
    std::string cipher(plain.size(), '\0');
    unsigned char vector[AES_BLOCK_SIZE] = {};
    AES_cbc_encrypt(reinterpret_cast<const unsigned char*>(plain.data()), reinterpret_cast<unsigned char*>(cipher.data()),
                    plain.size(), &schedule, vector, AES_ENCRYPT);
    return cipher;
}

std::string aesDecrypt(const AesKey& key, std::string_view cipher)
{
    CHECK(cipher.size() % AES_BLOCK_SIZE == 0);
    AES_KEY schedule;
    AES_set_decrypt_key(key.data(), 128, &schedule);
    std::string plain(cipher.size(), '\0');
    unsigned char vector[AES_BLOCK_SIZE] = {};
    AES_cbc_encrypt(reinterpret_cast<const unsigned char*>(cipher.data()), reinterpret_cast<unsigned char*>(plain.data()),
                    cipher.size(), &schedule, vector, AES_DECRYPT);
    return plain;
}

void RunningDigest::add(std::string_view bytes)
{
    chain_ = XXH3_64bits_withSeed(bytes.data(), bytes.size(), chain_ + bytes.size());
}

void RunningDigest::add(std::uint64_t number) { chain_ = XXH64(&number, sizeof number, chain_); }

} // namespace streamwright
