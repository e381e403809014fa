// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_id.h"

#include "core/base/digest.h"

namespace streamwright::sqs {

MessageId movedMessageId(std::string_view task, MessageNumber number) { return messageId(stableHash(task, 0), number); }

MessageId messageId(std::uint64_t seed, MessageNumber number)
{
    const std::string_view bytes(reinterpret_cast<const char*>(&number), sizeof number);
    std::uint64_t high = stableHash(bytes, seed);
    std::uint64_t low = stableHash(bytes, ~seed);
    high = (high & ~0xF000ull) | 0x4000ull; // version 4
    low = (low & ~(3ull << 62)) | (2ull << 62); // variant 1
    return makeUint128(high, low);
}

std::string messageIdText(MessageId id)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (int nibble = 31; nibble >= 0; --nibble) {
        text += kDigits[static_cast<unsigned>(id >> (nibble * 4)) & 15];
        if (nibble == 24 || nibble == 20 || nibble == 16 || nibble == 12) text += '-';
    }
    return text;
}

std::optional<MessageId> parseMessageId(std::string_view text)
{
    MessageId id = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-') return std::nullopt;
            continue;
        }
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
        id = id << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    if (text.size() != 36) return std::nullopt;
    return id;
}

} // namespace streamwright::sqs
