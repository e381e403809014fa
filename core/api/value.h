// SPDX-License-Identifier: GPL-3.0-or-later
// Value: one value of a request: immutable to actions, small, in an arena. Document: a request's values and the memory
// they lie in. Decoders (decode.h) make Documents; the validator (shape.h) gives the values the types of their shapes:
// afterwards blobs are decoded, times are Time, numbers of query forms are numbers. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>

#include "core/base/check.h"
#include "core/base/units.h"

namespace streamwright::api {

struct Member;

class Value {
public:
    enum class Type : std::uint8_t { Null, Boolean, Integer, Real, Text, Blob, Time, List, Map };

    Value() = default;
    static Value of(bool b);
    static Value of(std::int64_t i);
    static Value of(double d);
    static Value of(Time t);
    // The memory must live as long as the document.
    static Value text(std::string_view utf8);
    static Value blob(std::string_view bytes);
    static Value list(std::span<Value> items);
    static Value map(std::span<Member> members);

    Type type() const { return type_; }
    bool is(Type type) const { return type_ == type; }

    // Each of its own type only (real also of an Integer, string also of a Blob).
    bool boolean() const;
    std::int64_t integer() const;
    double real() const;
    std::string_view string() const;
    Time time() const;
    std::span<const Value> items() const; // of a List
    std::span<const Member> members() const; // of a Map, in the order sent
    std::span<Value> items();
    std::span<Member> members();

    // A member of a Map; null when it is absent or Null.
    const Value* find(std::string_view name) const;

    // Members of a Map, for actions: absent ones give `otherwise`.
    std::string_view string(std::string_view member, std::string_view otherwise = {}) const;
    std::int64_t integer(std::string_view member, std::int64_t otherwise = 0) const;
    bool boolean(std::string_view member, bool otherwise = false) const;
    std::span<const Value> items(std::string_view member) const;
    bool has(std::string_view member) const { return find(member) != nullptr; }

private:
    Type type_ = Type::Null;
    std::uint32_t size_ = 0;
    union {
        bool boolean_;
        std::int64_t integer_ = 0; // also microseconds of a Time
        double real_;
        const char* bytes_;
        Value* items_;
        Member* members_;
    };
};

struct Member {
    std::string_view name;
    Value value;
};

class Document {
public:
    Document() = default;
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    Value root;

    // Memory that lives as long as the document.
    std::span<char> bytes(std::size_t size);
    std::span<Value> values(std::size_t count);
    std::span<Member> members(std::size_t count);
    std::string_view keep(std::string_view text);

private:
    std::pmr::monotonic_buffer_resource arena_{2048};
};

} // namespace streamwright::api
