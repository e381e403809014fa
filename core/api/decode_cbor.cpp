// SPDX-License-Identifier: GPL-3.0-or-later
// CBOR (RFC 8949), definite and indefinite lengths. Every length is checked against what is left before anything is made
// of it; texts and bytes stay in the body unless they come in chunks.
#include <bit>
#include <cmath>
#include <cstring>
#include <simdjson.h>

#include "core/api/decode.h"
#include "core/api/scratch.h"
#include "core/api/time_text.h"

namespace streamwright::api {

namespace {

enum Major : unsigned { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };
constexpr std::uint64_t kEpochTag = 1;

double halfFloat(std::uint64_t bits)
{
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const auto fraction = static_cast<double>(bits & 1023);
    double value = 0;
    if (exponent == 31)
        value = fraction == 0 ? INFINITY : NAN;
    else if (exponent == 0)
        value = std::ldexp(fraction, -24);
    else
        value = std::ldexp(fraction + 1024, exponent - 25);
    return bits >> 15 ? -value : value;
}

class CborDecoder {
public:
    CborDecoder(std::string_view body, Document& document, CborTime unit)
        : left_(body),
          document_(document),
          scratch_(document),
          unit_(unit)
    {
    }

    // False: error() says why.
    bool readAll(Value& into)
    {
        if (!read(into, 0)) return false;
        return left_.empty() || fail("bytes after the end");
    }
    const char* error() const { return error_; }

private:
    struct Head {
        unsigned major = 0;
        bool indefinite = false; // also the break of a simple value
        std::uint64_t number = 0;
        unsigned width = 0; // bytes of the number; 0: in the head itself
    };

    bool fail(const char* why)
    {
        error_ = why;
        return false;
    }

    bool readHead(Head& head)
    {
        if (left_.empty()) return fail("it ends too early");
        const auto first = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        head.major = first >> 5;
        const unsigned low = first & 31;
        if (low < 24) {
            head.number = low;
            return true;
        }
        if (low == 31) {
            head.indefinite = true;
            return (head.major >= kBytes && head.major != kTag) || fail("a head that does not exist");
        }
        if (low > 27) return fail("a head that does not exist");
        head.width = 1u << (low - 24);
        if (left_.size() < head.width) return fail("it ends too early");
        for (unsigned i = 0; i < head.width; ++i)
            head.number = head.number << 8 | static_cast<unsigned char>(left_[i]);
        left_.remove_prefix(head.width);
        return true;
    }

    bool atBreak()
    {
        if (left_.empty() || static_cast<unsigned char>(left_.front()) != 0xFF) return false;
        left_.remove_prefix(1);
        return true;
    }

    bool read(Value& into, int depth)
    {
        Head head;
        if (!readHead(head)) return false;
        switch (head.major) {
        case kUnsigned:
        case kNegative:
            into = integer(head);
            return true;
        case kBytes:
        case kText: {
            std::string_view bytes;
            if (!readBytes(head, bytes)) return false;
            into = head.major == kText ? Value::text(bytes) : Value::blob(bytes);
            return true;
        }
        case kArray:
            return readArray(head, into, depth);
        case kMap:
            return readMap(head, into, depth);
        case kTag:
            return readTagged(head.number, into, depth);
        default:
            return readSimple(head, into);
        }
    }

    static Value integer(const Head& head)
    {
        const bool negative = head.major == kNegative;
        if (head.number <= static_cast<std::uint64_t>(INT64_MAX)) {
            const auto number = static_cast<std::int64_t>(head.number);
            return Value::of(negative ? -1 - number : number);
        }
        const auto number = static_cast<double>(head.number);
        return Value::of(negative ? -1 - number : number);
    }

    bool readBytes(const Head& head, std::string_view& into)
    {
        if (!head.indefinite) {
            if (head.number > left_.size()) return fail("it ends too early");
            into = left_.substr(0, head.number);
            left_.remove_prefix(head.number);
        } else if (!readChunks(head.major, into)) {
            return false;
        }
        return head.major == kBytes || simdjson::validate_utf8(into.data(), into.size()) ||
               fail("a text that is not UTF-8");
    }

    bool readChunks(unsigned major, std::string_view& into)
    {
        std::string whole;
        while (!atBreak()) {
            Head chunk;
            if (!readHead(chunk)) return false;
            if (chunk.major != major || chunk.indefinite) return fail("a chunk of another type");
            std::string_view bytes;
            if (!readBytes(chunk, bytes)) return false;
            whole += bytes;
        }
        into = document_.keep(whole);
        return true;
    }

    bool readArray(const Head& head, Value& into, int depth)
    {
        if (depth == kMostNesting) return fail("nested too deeply");
        if (!head.indefinite && head.number > left_.size()) return fail("it ends too early");
        const std::size_t begin = scratch_.values.size();
        for (std::uint64_t i = 0; head.indefinite ? !atBreak() : i < head.number; ++i) {
            Value value;
            if (!read(value, depth + 1)) return false;
            scratch_.values.push_back(value);
        }
        into = scratch_.listFrom(begin);
        return true;
    }

    bool readMap(const Head& head, Value& into, int depth)
    {
        if (depth == kMostNesting) return fail("nested too deeply");
        if (!head.indefinite && head.number > left_.size() / 2) return fail("it ends too early");
        const std::size_t begin = scratch_.members.size();
        for (std::uint64_t i = 0; head.indefinite ? !atBreak() : i < head.number; ++i) {
            Member member;
            Head key;
            if (!readHead(key)) return false;
            if (key.major != kText) return fail("a key that is not a text");
            if (!readBytes(key, member.name) || !read(member.value, depth + 1)) return false;
            scratch_.members.push_back(member);
        }
        into = scratch_.mapFrom(begin);
        return true;
    }

    bool readTagged(std::uint64_t tag, Value& into, int depth)
    {
        if (depth == kMostNesting) return fail("nested too deeply");
        if (!read(into, depth + 1)) return false;
        if (tag != kEpochTag) return true;
        std::optional<Time> time;
        if (into.is(Value::Type::Integer))
            time = unit_ == CborTime::Milliseconds ? timeOfMilliseconds(into.integer())
                                                   : timeOfSeconds(static_cast<double>(into.integer()));
        else if (into.is(Value::Type::Real))
            time = timeOfSeconds(into.real());
        if (!time) return fail("a time that is no time");
        into = Value::of(*time);
        return true;
    }

    bool readSimple(const Head& head, Value& into)
    {
        if (head.indefinite) return fail("a break out of place");
        switch (head.width) {
        case 2:
            into = Value::of(halfFloat(head.number));
            return true;
        case 4:
            into = Value::of(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.number))));
            return true;
        case 8:
            into = Value::of(std::bit_cast<double>(head.number));
            return true;
        default:
            break;
        }
        constexpr unsigned kFalse = 20, kTrue = 21, kNull = 22, kUndefined = 23;
        if (head.width == 0 && (head.number == kFalse || head.number == kTrue))
            into = Value::of(head.number == kTrue);
        else if (head.width != 0 || (head.number != kNull && head.number != kUndefined))
            return fail("a simple value that does not exist");
        return true;
    }

    std::string_view left_;
    Document& document_;
    Scratch scratch_;
    const CborTime unit_;
    const char* error_ = "";
};

} // namespace

Result<void> decodeCbor(std::string_view body, Document& into, CborTime unit)
{
    into.root = Value();
    CborDecoder decoder(body, into, unit);
    Value root;
    if (!decoder.readAll(root)) return Problem{ProblemCode::InvalidInput, decoder.error(), ""};
    into.root = root;
    return {};
}

} // namespace streamwright::api
