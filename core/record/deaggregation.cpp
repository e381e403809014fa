// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/deaggregation.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/base/digest.h"

namespace streamwright {

namespace {

constexpr std::string_view kMagic = "\xF3\x89\x9A\xC2";
constexpr std::size_t kDigestSize = sizeof(Md5);

bool looksAggregated(std::string_view data)
{
    return data.size() > kMagic.size() + kDigestSize && data.starts_with(kMagic);
}

enum class WireType { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

struct Field {
    std::uint64_t number = 0;
    WireType type = WireType::Varint;
    std::uint64_t value = 0; // of a varint
    std::string_view bytes;
};

// Reads a protobuf message field by field.
class MessageReader {
public:
    explicit MessageReader(std::string_view message) : rest_(message) { }

    // Nothing at the end, and from the first damage on.
    std::optional<Field> next()
    {
        if (rest_.empty()) return std::nullopt;
        auto field = read();
        if (!field) {
            whole_ = false;
            rest_ = {};
        }
        return field;
    }
    bool whole() const { return whole_; }

private:
    std::optional<Field> read()
    {
        const auto tag = varint();
        if (!tag || *tag >> 3 == 0 || *tag > UINT32_MAX) return std::nullopt;
        Field field{*tag >> 3, static_cast<WireType>(*tag & 7), 0, {}};
        switch (field.type) {
        case WireType::Varint: {
            const auto value = varint();
            if (!value) return std::nullopt;
            field.value = *value;
            return field;
        }
        case WireType::Bytes: {
            const auto size = varint();
            return size && take(*size, field.bytes) ? std::optional(field) : std::nullopt;
        }
        case WireType::Fixed64:
            return take(8, field.bytes) ? std::optional(field) : std::nullopt;
        case WireType::Fixed32:
            return take(4, field.bytes) ? std::optional(field) : std::nullopt;
        }
        return std::nullopt; // groups, which no version of the format has
    }

    std::optional<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        return std::nullopt;
    }

    bool take(std::uint64_t size, std::string_view& bytes)
    {
        if (size > rest_.size()) return false;
        bytes = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(bytes.size());
        return true;
    }

    std::string_view rest_;
    bool whole_ = true;
};

struct PackedRecord {
    std::optional<std::uint64_t> key, hashKey; // places in the tables
    std::optional<std::string_view> data;
};

std::optional<PackedRecord> readRecord(std::string_view message)
{
    PackedRecord record;
    MessageReader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == 1 && field->type == WireType::Varint) record.key = field->value;
        if (field->number == 2 && field->type == WireType::Varint) record.hashKey = field->value;
        if (field->number == 3 && field->type == WireType::Bytes) record.data = field->bytes;
    }
    return reader.whole() && record.key && record.data ? std::optional(record) : std::nullopt;
}

} // namespace

std::optional<std::vector<UserRecord>> deaggregate(std::string_view data)
{
    if (!looksAggregated(data)) return std::nullopt;
    const std::string_view message = data.substr(kMagic.size(), data.size() - kMagic.size() - kDigestSize);
    const Md5 digest = md5(message);
    if (std::memcmp(digest.data(), data.data() + data.size() - kDigestSize, kDigestSize) != 0) return std::nullopt;

    std::vector<std::string_view> keys;
    std::size_t hashKeys = 0;
    std::vector<PackedRecord> packed; // may stand before the tables
    MessageReader reader(message);
    while (const auto field = reader.next()) {
        if (field->type != WireType::Bytes) continue;
        if (field->number == 1) keys.push_back(field->bytes);
        if (field->number == 2) ++hashKeys;
        if (field->number != 3) continue;
        const auto record = readRecord(field->bytes);
        if (!record) return std::nullopt;
        packed.push_back(*record);
    }
    if (!reader.whole()) return std::nullopt;

    std::vector<UserRecord> records;
    records.reserve(packed.size());
    for (const PackedRecord& record : packed) {
        if (*record.key >= keys.size() || (record.hashKey && *record.hashKey >= hashKeys)) return std::nullopt;
        records.push_back({keys[static_cast<std::size_t>(*record.key)], *record.data});
    }
    return records;
}

RecordBatchPtr userRecords(const RecordBatchPtr& batch)
{
    if (std::ranges::none_of(batch->records(), [](const Record& record) { return looksAggregated(record.data); }))
        return batch;
    BatchBuilder users(batch->size());
    for (const Record& record : batch->records()) {
        const auto packed = deaggregate(record.data);
        if (!packed) {
            users.view(record);
            continue;
        }
        for (const UserRecord& user : *packed)
            users.view({user.key, user.data, {}, record.time, record.sequence});
    }
    users.keep(batch);
    return users.build();
}

} // namespace streamwright
