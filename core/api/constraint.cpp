// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/constraint.h"

#include <algorithm>

#include "core/api/convert.h"

namespace streamwright::api {

namespace {

constexpr std::size_t kMostDescribed = 1024; // shown() cuts it there

// Characters of valid UTF-8.
std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool bySize(Shape::Type type)
{
    return type != Shape::Type::Integer && type != Shape::Type::Long && type != Shape::Type::Double;
}

double measure(const Value& value, const Shape& shape)
{
    switch (shape.type) {
    case Shape::Type::String: {
        const std::string_view text = value.string();
        // Most texts fit whichever way they are counted.
        const auto bytes = static_cast<double>(text.size());
        if ((!shape.max || bytes <= *shape.max) && (!shape.min || bytes / 4 >= *shape.min)) return bytes;
        return static_cast<double>(characters(text));
    }
    case Shape::Type::Blob:
        return static_cast<double>(value.string().size());
    case Shape::Type::List:
        return static_cast<double>(value.items().size());
    case Shape::Type::Map:
        return static_cast<double>(value.members().size());
    default:
        return value.real();
    }
}

std::string number(double value)
{
    return value == static_cast<double>(static_cast<std::int64_t>(value))
               ? std::to_string(static_cast<std::int64_t>(value))
               : std::to_string(value);
}

void describe(const Value& value, const Shape& shape, std::string& to)
{
    if (to.size() > kMostDescribed) return;
    switch (value.type()) {
    case Value::Type::Null:
        to += "null";
        break;
    case Value::Type::Boolean:
        to += value.boolean() ? "true" : "false";
        break;
    case Value::Type::Integer:
        to += std::to_string(value.integer());
        break;
    case Value::Type::Real:
        to += number(value.real());
        break;
    case Value::Type::Text:
        to += value.string();
        break;
    case Value::Type::Blob: {
        const std::string size = std::to_string(value.string().size());
        to += "java.nio.HeapByteBuffer[pos=0 lim=" + size + " cap=" + size + "]";
        break;
    }
    case Value::Type::Time:
        break;
    case Value::Type::List:
        to += '[';
        for (const Value& item : value.items()) {
            if (&item != value.items().data()) to += ", ";
            describe(item, *shape.element, to);
        }
        to += ']';
        break;
    case Value::Type::Map:
        if (shape.type == Shape::Type::Structure) {
            to += shape.name;
            break;
        }
        to += '{';
        for (const Member& member : value.members()) {
            if (&member != value.members().data()) to += ", ";
            to.append(member.name).append("=");
            describe(member.value, *shape.element, to);
        }
        to += '}';
        break;
    }
}

} // namespace

unsigned brokenBy(const Value& value, const Shape& shape)
{
    unsigned broken = 0;
    if (shape.min || shape.max) {
        if (shape.type == Shape::Type::Boolean || shape.type == Shape::Type::Timestamp ||
            shape.type == Shape::Type::Structure)
            return 0;
        const double size = measure(value, shape);
        if (shape.max && size > *shape.max) broken |= kTooLong;
        if (shape.min && size < *shape.min) broken |= kTooShort;
    }
    if (shape.type != Shape::Type::String) return broken;
    if (!shape.fits(value.string())) broken |= kPattern;
    if (!shape.values.empty() &&
        std::find(shape.values.begin(), shape.values.end(), value.string()) == shape.values.end())
        broken |= kEnumeration;
    return broken;
}

std::string demand(Broken which, const Shape& shape)
{
    const std::string what = bySize(shape.type) ? "Member must have length " : "Member must have value ";
    switch (which) {
    case kTooLong:
        return what + "less than or equal to " + number(*shape.max);
    case kTooShort:
        return what + "greater than or equal to " + number(*shape.min);
    case kPattern:
        return "Member must satisfy regular expression pattern: " + shape.pattern;
    case kEnumeration:
        break;
    }
    std::string text = "Member must satisfy enum value set: [";
    for (const std::string& value : shape.values)
        text.append(&value == &shape.values.front() ? "" : ", ").append(value);
    return text + "]";
}

// All that a shape demands of an element of a list or a map.
std::string demands(const Shape& shape)
{
    std::string text = "[";
    const auto add = [&](Broken which) { text.append(text.size() > 1 ? ", " : "").append(demand(which, shape)); };
    if (shape.max) add(kTooLong);
    if (shape.min) add(kTooShort);
    if (!shape.pattern.empty()) add(kPattern);
    if (!shape.values.empty()) add(kEnumeration);
    return text + "]";
}

std::string described(const Value& value, const Shape& shape)
{
    std::string text;
    describe(value, shape, text);
    return shown(text);
}

} // namespace streamwright::api
