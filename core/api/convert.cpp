// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/convert.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/api/time_text.h"
#include "core/base/base64.h"

namespace streamwright::api {

namespace {

using Type = Value::Type;

constexpr std::size_t kMostShown = 1024;

std::string_view typeName(Shape::Type type)
{
    switch (type) {
    case Shape::Type::String:
        return "String";
    case Shape::Type::Blob:
        return "Blob";
    case Shape::Type::Integer:
        return "Integer";
    case Shape::Type::Long:
        return "Long";
    case Shape::Type::Double:
        return "Double";
    case Shape::Type::Boolean:
        return "Boolean";
    default:
        return "Date";
    }
}

// The services answer with the names of their own classes.
std::string wrongType(const Value& value, Shape::Type type)
{
    std::string text;
    switch (value.type()) {
    case Type::List:
        return "Start of list found where not expected";
    case Type::Map:
        return "Start of structure or map found where not expected.";
    case Type::Boolean:
        text = "class java.lang.Boolean";
        break;
    case Type::Integer:
    case Type::Real:
        text = "class java.math.BigDecimal";
        break;
    case Type::Blob:
        text = "class java.nio.HeapByteBuffer";
        break;
    case Type::Time:
        text = "class java.util.Date";
        break;
    default:
        text = type == Shape::Type::Boolean ? "'" + shown(value.string()) + "'" : "class java.lang.String";
    }
    text += type == Shape::Type::Blob ? " can not be converted to a " : " can not be converted to an ";
    return text += typeName(type);
}

// A text that holds no number or boolean, in a query form.
std::string malformed(const Value& value, Shape::Type type)
{
    return "'" + shown(value.string()) + "' can not be converted to an " + std::string(typeName(type));
}

// The bytes take the place of the text: what decodes makes room for that (decode.h).
std::string decodeBlob(Value& value)
{
    const std::string_view text = value.string();
    char* into = const_cast<char*>(text.data());
    if (text.size() % 4 != 0) {
        return "'" + shown(text) +
               "' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: " +
               std::to_string(text.size());
    }
    const DecodedBase64 decoded = decodeBase64(text, into);
    if (decoded.whole) {
        value = Value::blob({into, decoded.size});
        return {};
    }
    const std::size_t good = decoded.size / 3 * 4; // what stood before them is overwritten: make it again
    std::string whole;
    appendBase64(whole, {into, std::min(decoded.size, kMostShown)});
    whole += text.substr(good, kMostShown + 1);
    std::string message = "'" + shown(whole) + "' can not be converted to a Blob: ";
    const std::string_view group = text.substr(good, 4);
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto c = static_cast<unsigned char>(group[i]);
        const bool padding =
            c == '=' && group.find_first_not_of('=', i) == std::string_view::npos && i >= 2 && good + 4 == text.size();
        if (std::isalnum(c) || c == '+' || c == '/' || padding) continue;
        return message + "Invalid Base64 character: '" + std::string(1, group[i]) + "'";
    }
    return message + "Invalid last non-pad Base64 character dectected";
}

template <typename Number>
bool readNumber(std::string_view text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

std::string toInteger(Value& value, Shape::Type type, Wire wire)
{
    std::int64_t number = 0;
    if (value.is(Type::Integer)) {
        number = value.integer();
    } else if (value.is(Type::Real) && std::abs(value.real()) < 9.2e18) {
        number = static_cast<std::int64_t>(value.real()); // the services cut the fraction
    } else if (wire == Wire::Query && value.is(Type::Text)) {
        if (!readNumber(value.string(), number)) return malformed(value, type);
    } else {
        return wrongType(value, type);
    }
    using Limits = std::numeric_limits<std::int32_t>;
    if (type == Shape::Type::Integer && (number < Limits::min() || number > Limits::max()))
        return wire == Wire::Query ? malformed(value, type) : wrongType(value, type);
    value = Value::of(number);
    return {};
}

std::string toReal(Value& value, Wire wire)
{
    double number = 0;
    if (value.is(Type::Integer) || value.is(Type::Real)) {
        number = value.real();
    } else if (wire == Wire::Query && value.is(Type::Text)) {
        if (!readNumber(value.string(), number)) return malformed(value, Shape::Type::Double);
    } else {
        return wrongType(value, Shape::Type::Double);
    }
    if (!std::isfinite(number)) return wrongType(value, Shape::Type::Double);
    value = Value::of(number);
    return {};
}

std::string toBoolean(Value& value, Wire wire)
{
    if (value.is(Type::Boolean)) return {};
    if (wire != Wire::Query || !value.is(Type::Text)) return wrongType(value, Shape::Type::Boolean);
    const std::string_view text = value.string();
    if (text != "true" && text != "false") return malformed(value, Shape::Type::Boolean);
    value = Value::of(text == "true");
    return {};
}

std::string toTime(Value& value, Wire wire)
{
    std::optional<Time> time;
    switch (value.type()) {
    case Type::Time:
        return {};
    case Type::Integer:
        time = wire == Wire::Cbor ? timeOfMilliseconds(value.integer())
                                  : timeOfSeconds(static_cast<double>(value.integer()));
        break;
    case Type::Real:
        time = timeOfSeconds(value.real());
        break;
    case Type::Text:
        time = timeOfText(value.string());
        if (!time && wire == Wire::Query) return "timestamp must follow ISO8601";
        break;
    default:
        break;
    }
    if (!time) return wrongType(value, Shape::Type::Timestamp);
    value = Value::of(*time);
    return {};
}

} // namespace

std::string shown(std::string_view text)
{
    if (text.size() <= kMostShown) return std::string(text);
    std::size_t end = kMostShown;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80 && end > kMostShown - 4)
        --end; // not within a character
    return std::string(text.substr(0, end)) + "...";
}

std::string misplaced(const Value& value, Shape::Type expected)
{
    if (value.is(Type::List)) return "Start of list found where not expected";
    if (value.is(Type::Map)) return "Start of structure or map found where not expected.";
    if (expected == Shape::Type::List) return "Expected list or null";
    return expected == Shape::Type::Map ? "Expected map or null" : "Expected null";
}

std::string convertScalar(Value& value, const Shape& shape, Wire wire)
{
    switch (shape.type) {
    case Shape::Type::String:
        return value.is(Type::Text) ? std::string() : wrongType(value, shape.type);
    case Shape::Type::Blob:
        if (value.is(Type::Blob)) return {};
        return value.is(Type::Text) && wire != Wire::Cbor ? decodeBlob(value) : wrongType(value, shape.type);
    case Shape::Type::Integer:
    case Shape::Type::Long:
        return toInteger(value, shape.type, wire);
    case Shape::Type::Double:
        return toReal(value, wire);
    case Shape::Type::Boolean:
        return toBoolean(value, wire);
    case Shape::Type::Timestamp:
        return toTime(value, wire);
    default:
        return misplaced(value, shape.type);
    }
}

} // namespace streamwright::api
