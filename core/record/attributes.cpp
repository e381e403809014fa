// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/attributes.h"

#include <cstdint>
#include <cstring>

#include "core/base/check.h"

namespace streamwright {

namespace {

template <typename T>
void put(std::string& out, T value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
T get(const char* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

constexpr std::size_t kHead = sizeof(std::uint16_t) + sizeof(std::uint32_t);

// Takes one pair off the front; false at the end or at a torn tail.
bool next(std::string_view& rest, std::string_view& name, std::string_view& value)
{
    if (rest.size() < kHead) return false;
    const std::size_t nameSize = get<std::uint16_t>(rest.data());
    const std::size_t valueSize = get<std::uint32_t>(rest.data() + sizeof(std::uint16_t));
    if (rest.size() - kHead < nameSize + valueSize) return false;
    name = rest.substr(kHead, nameSize);
    value = rest.substr(kHead + nameSize, valueSize);
    rest.remove_prefix(kHead + nameSize + valueSize);
    return true;
}

} // namespace

std::string encodeAttributes(const AttributeList& attributes)
{
    std::string out;
    for (const auto& [name, value] : attributes) {
        CHECK(name.size() <= UINT16_MAX && value.size() <= UINT32_MAX);
        put(out, static_cast<std::uint16_t>(name.size()));
        put(out, static_cast<std::uint32_t>(value.size()));
        out.append(name);
        out.append(value);
    }
    return out;
}

std::optional<std::string_view> findAttribute(std::string_view encoded, std::string_view wanted)
{
    std::string_view name, value;
    while (next(encoded, name, value))
        if (name == wanted) return value;
    return std::nullopt;
}

AttributeList decodeAttributes(std::string_view encoded)
{
    AttributeList out;
    std::string_view name, value;
    while (next(encoded, name, value))
        out.emplace_back(name, value);
    return out;
}

} // namespace streamwright
