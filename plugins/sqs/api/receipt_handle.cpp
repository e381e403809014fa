// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/receipt_handle.h"

#include <array>
#include <cstring>

#include "core/base/digest.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

namespace {

// number, receive and a check over both and the seed, in hexadecimal behind this.
constexpr std::string_view kHead = "AQEB";
constexpr std::size_t kNumber = 8, kReceive = 4, kCheck = 8, kBytes = kNumber + kReceive + kCheck;
using Bytes = std::array<unsigned char, kBytes>;

Bytes bytesOf(const ReceiptHandle& handle, std::uint64_t seed)
{
    Bytes bytes{};
    std::memcpy(bytes.data(), &handle.number, kNumber);
    std::memcpy(bytes.data() + kNumber, &handle.receive, kReceive);
    const std::uint64_t check = stableHash({reinterpret_cast<const char*>(bytes.data()), kNumber + kReceive}, seed);
    std::memcpy(bytes.data() + kNumber + kReceive, &check, kCheck);
    return bytes;
}

int valueOf(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

} // namespace

std::uint64_t handleSeed(const QueueResource& queue)
{
    return stableHash(queue.name(), static_cast<std::uint64_t>(queue.created().time_since_epoch().count()));
}

std::string handleText(const ReceiptHandle& handle, std::uint64_t seed)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(kHead);
    text.reserve(kHead.size() + 2 * kBytes);
    for (const unsigned char byte : bytesOf(handle, seed)) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::optional<ReceiptHandle> parseHandle(std::string_view text, std::uint64_t seed)
{
    if (text.size() != kHead.size() + 2 * kBytes || !text.starts_with(kHead)) return std::nullopt;
    text.remove_prefix(kHead.size());
    Bytes bytes{};
    for (std::size_t i = 0; i < kBytes; ++i) {
        const int high = valueOf(text[2 * i]), low = valueOf(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[i] = static_cast<unsigned char>(high << 4 | low);
    }
    ReceiptHandle handle;
    std::memcpy(&handle.number, bytes.data(), kNumber);
    std::memcpy(&handle.receive, bytes.data() + kNumber, kReceive);
    if (bytes != bytesOf(handle, seed)) return std::nullopt;
    return handle;
}

} // namespace streamwright::sqs
