// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/value.h"

#include <cstring>
#include <limits>
#include <memory>

namespace streamwright::api {

namespace {

std::uint32_t counted(std::size_t size)
{
    CHECK(size <= std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(size);
}

} // namespace

static_assert(sizeof(Value) == 16, "a value is two words");

Value Value::of(bool b)
{
    Value value;
    value.type_ = Type::Boolean;
    value.boolean_ = b;
    return value;
}

Value Value::of(std::int64_t i)
{
    Value value;
    value.type_ = Type::Integer;
    value.integer_ = i;
    return value;
}

Value Value::of(double d)
{
    Value value;
    value.type_ = Type::Real;
    value.real_ = d;
    return value;
}

Value Value::of(streamwright::Time t)
{
    Value value;
    value.type_ = Type::Time;
    value.integer_ = t.time_since_epoch().count();
    return value;
}

Value Value::text(std::string_view utf8)
{
    Value value;
    value.type_ = Type::Text;
    value.size_ = counted(utf8.size());
    value.bytes_ = utf8.data();
    return value;
}

Value Value::blob(std::string_view bytes)
{
    Value value = text(bytes);
    value.type_ = Type::Blob;
    return value;
}

Value Value::list(std::span<Value> items)
{
    Value value;
    value.type_ = Type::List;
    value.size_ = counted(items.size());
    value.items_ = items.data();
    return value;
}

Value Value::map(std::span<Member> members)
{
    Value value;
    value.type_ = Type::Map;
    value.size_ = counted(members.size());
    value.members_ = members.data();
    return value;
}

bool Value::boolean() const
{
    CHECK(type_ == Type::Boolean);
    return boolean_;
}

std::int64_t Value::integer() const
{
    CHECK(type_ == Type::Integer);
    return integer_;
}

double Value::real() const
{
    if (type_ == Type::Integer) return static_cast<double>(integer_);
    CHECK(type_ == Type::Real);
    return real_;
}

std::string_view Value::string() const
{
    CHECK(type_ == Type::Text || type_ == Type::Blob);
    return {bytes_, size_};
}

streamwright::Time Value::time() const
{
    CHECK(type_ == Type::Time);
    return streamwright::Time(Duration(integer_));
}

std::span<const Value> Value::items() const
{
    CHECK(type_ == Type::List);
    return {items_, size_};
}

std::span<Value> Value::items()
{
    CHECK(type_ == Type::List);
    return {items_, size_};
}

std::span<const Member> Value::members() const
{
    CHECK(type_ == Type::Map);
    return {members_, size_};
}

std::span<Member> Value::members()
{
    CHECK(type_ == Type::Map);
    return {members_, size_};
}

const Value* Value::find(std::string_view name) const
{
    for (const Member& member : members()) {
        if (member.name == name && member.value.type_ != Type::Null) return &member.value;
    }
    return nullptr;
}

std::string_view Value::string(std::string_view member, std::string_view otherwise) const
{
    const Value* found = find(member);
    return found ? found->string() : otherwise;
}

std::int64_t Value::integer(std::string_view member, std::int64_t otherwise) const
{
    const Value* found = find(member);
    return found ? found->integer() : otherwise;
}

bool Value::boolean(std::string_view member, bool otherwise) const
{
    const Value* found = find(member);
    return found ? found->boolean() : otherwise;
}

std::span<const Value> Value::items(std::string_view member) const
{
    const Value* found = find(member);
    return found ? found->items() : std::span<const Value>();
}

std::span<char> Document::bytes(std::size_t size) { return {static_cast<char*>(arena_.allocate(size, 1)), size}; }

std::span<Value> Document::values(std::size_t count)
{
    Value* first = static_cast<Value*>(arena_.allocate(count * sizeof(Value), alignof(Value)));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
}

std::span<Member> Document::members(std::size_t count)
{
    Member* first = static_cast<Member*>(arena_.allocate(count * sizeof(Member), alignof(Member)));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
}

std::string_view Document::keep(std::string_view text)
{
    const std::span<char> kept = bytes(text.size());
    std::memcpy(kept.data(), text.data(), text.size());
    return {kept.data(), kept.size()};
}

} // namespace streamwright::api
