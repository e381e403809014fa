// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/tokens.h"

#include <cstring>

#include "core/base/base64.h"
#include "core/base/digest.h"

namespace streamwright::kinesis {

namespace {

// Clients are not to read tokens; there is nothing secret in them.
constexpr AesKey kKey = {'s', 't', 'r', 'e', 'a', 'm', 'w', 'r', 'i', 'g', 'h', 't', ' ', 'k', 'd', 's'};
constexpr std::string_view kPrefix{"\0\0\0\0\0\0\0\1", 8};
constexpr std::size_t kBlock = 16;

std::uint64_t microseconds(Time t) { return static_cast<std::uint64_t>(t.time_since_epoch().count()); }
Time timeOf(std::uint64_t microseconds) { return Time(Duration(static_cast<std::int64_t>(microseconds))); }

void append(std::string& to, std::uint64_t number) { to.append(reinterpret_cast<const char*>(&number), sizeof number); }

std::uint64_t numberAt(std::string_view bytes, std::size_t at)
{
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

// Plain: a check sum, the size, the content, zeros up to a whole block.
std::string seal(std::string_view content)
{
    std::string plain;
    append(plain, stableHash(content));
    append(plain, content.size());
    plain.append(content);
    plain.resize((plain.size() + kBlock - 1) / kBlock * kBlock, '\0');
    std::string token;
    appendBase64(token, std::string(kPrefix) + aesEncrypt(kKey, plain));
    return token;
}

std::optional<std::string> unseal(std::string_view token)
{
    std::string bytes(token.size() / 4 * 3 + 3, '\0');
    const DecodedBase64 decoded = decodeBase64(token, bytes.data());
    bytes.resize(decoded.size);
    if (!decoded.whole || bytes.size() < kPrefix.size() + kBlock || !bytes.starts_with(kPrefix)) return std::nullopt;
    const std::string_view cipher = std::string_view(bytes).substr(kPrefix.size());
    if (cipher.size() % kBlock != 0) return std::nullopt;
    const std::string plain = aesDecrypt(kKey, cipher);
    const std::uint64_t size = numberAt(plain, 8);
    if (size > plain.size() - kBlock) return std::nullopt;
    const std::string_view content = std::string_view(plain).substr(kBlock, size);
    if (stableHash(content) != numberAt(plain, 0)) return std::nullopt;
    return std::string(content);
}

} // namespace

// Content: 'I', then four numbers, then the stream's name.
std::string ShardIterator::text() const
{
    std::string content = "I";
    for (const std::uint64_t number : {microseconds(issued), microseconds(shardCreated), std::uint64_t{shard}, position})
        append(content, number);
    return seal(content + stream);
}

std::optional<ShardIterator> ShardIterator::parse(std::string_view text)
{
    if (text.size() > 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    const auto content = unseal(text);
    if (!content || content->size() < 33 || content->front() != 'I') return std::nullopt;
    ShardIterator iterator;
    iterator.issued = timeOf(numberAt(*content, 1));
    iterator.shardCreated = timeOf(numberAt(*content, 9));
    iterator.shard = static_cast<ShardIndex>(numberAt(*content, 17));
    iterator.position = numberAt(*content, 25);
    iterator.stream = content->substr(33);
    return iterator;
}

std::string PageToken::text() const
{
    return seal("P" + Json{{"list", list}, {"issued", microseconds(issued)}, {"content", content}}.dump());
}

std::optional<PageToken> PageToken::parse(std::string_view list, std::string_view text)
{
    const auto sealed = unseal(text);
    if (!sealed || sealed->front() != 'P') return std::nullopt;
    const auto json = parseJson(std::string_view(*sealed).substr(1));
    if (!json || json->at("list") != list) return std::nullopt;
    return PageToken{std::string(list), timeOf(json->at("issued").get<std::uint64_t>()), json->at("content")};
}

} // namespace streamwright::kinesis
