// SPDX-License-Identifier: GPL-3.0-or-later
// JSON by simdjson's on-demand reader: its first pass checks UTF-8, quotes and control characters of the whole text; the
// walk here checks the rest as it goes. Texts without escapes stay where they are, in the body.
#include <cstring>
#include <simdjson.h>

#include "core/api/decode.h"
#include "core/api/scratch.h"

namespace streamwright::api {

namespace {

namespace ondemand = simdjson::ondemand;

// A thread keeps a parser of at most this size; it takes about six times as much memory.
constexpr std::size_t kMostKept = std::size_t{1} << 20;

class JsonDecoder {
public:
    explicit JsonDecoder(Document& document) : document_(document), scratch_(document) { }

    simdjson::error_code read(ondemand::value from, Value& into, int depth)
    {
        ondemand::json_type type{};
        if (const auto error = from.type().get(type)) return error;
        switch (type) {
        case ondemand::json_type::object:
            return readObject(from, into, depth);
        case ondemand::json_type::array:
            return readArray(from, into, depth);
        case ondemand::json_type::string:
            return readString(from, into);
        case ondemand::json_type::number:
            return readNumber(from, into);
        case ondemand::json_type::boolean: {
            bool value = false;
            const auto error = from.get_bool().get(value);
            into = Value::of(value);
            return error;
        }
        case ondemand::json_type::null:
            break;
        }
        bool null = false;
        const auto error = from.is_null().get(null);
        return error ? error : null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    }

private:
    simdjson::error_code readObject(ondemand::value from, Value& into, int depth)
    {
        if (depth == kMostNesting) return simdjson::DEPTH_ERROR;
        ondemand::object object;
        if (const auto error = from.get_object().get(object)) return error;
        const std::size_t begin = scratch_.members.size();
        for (auto item : object) {
            ondemand::field field;
            if (const auto error = std::move(item).get(field)) return error;
            Member member;
            if (const auto error = readKey(field, member.name)) return error;
            if (const auto error = read(field.value(), member.value, depth + 1)) return error;
            scratch_.members.push_back(member);
        }
        into = scratch_.mapFrom(begin);
        return simdjson::SUCCESS;
    }

    simdjson::error_code readArray(ondemand::value from, Value& into, int depth)
    {
        if (depth == kMostNesting) return simdjson::DEPTH_ERROR;
        ondemand::array array;
        if (const auto error = from.get_array().get(array)) return error;
        const std::size_t begin = scratch_.values.size();
        for (auto item : array) {
            ondemand::value element;
            if (const auto error = std::move(item).get(element)) return error;
            Value value;
            if (const auto error = read(element, value, depth + 1)) return error;
            scratch_.values.push_back(value);
        }
        into = scratch_.listFrom(begin);
        return simdjson::SUCCESS;
    }

    simdjson::error_code readString(ondemand::value from, Value& into)
    {
        // The token reaches to the next one: what lies between is white space.
        std::string_view token = from.raw_json_token();
        while (token.back() != '"')
            token.remove_suffix(1);
        if (std::memchr(token.data(), '\\', token.size())) {
            std::string_view unescaped;
            const auto error = from.get_string().get(unescaped);
            into = Value::text(document_.keep(unescaped));
            return error;
        }
        into = Value::text(token.substr(1, token.size() - 2));
        return from.get_raw_json_string().error();
    }

    simdjson::error_code readKey(ondemand::field& field, std::string_view& name)
    {
        const char* const begin = field.key().raw();
        const char* end = begin;
        while (*end != '"' && *end != '\\')
            ++end;
        name = {begin, static_cast<std::size_t>(end - begin)};
        if (*end == '"') return simdjson::SUCCESS;
        const auto error = field.unescaped_key().get(name);
        if (!error) name = document_.keep(name);
        return error;
    }

    static simdjson::error_code readNumber(ondemand::value from, Value& into)
    {
        ondemand::number number;
        if (from.get_number().get(number)) {
            // An integer of more than 64 bits.
            double real = 0;
            const auto error = from.get_double().get(real);
            into = Value::of(real);
            return error;
        }
        into = number.is_int64() ? Value::of(number.get_int64()) : Value::of(number.as_double());
        return simdjson::SUCCESS;
    }

    Document& document_;
    Scratch scratch_;
};

simdjson::error_code decodeWith(ondemand::parser& parser, std::string& body, Document& into)
{
    ondemand::document json;
    if (const auto error = parser.iterate(body).get(json)) return error;
    ondemand::value root;
    if (const auto error = json.get_value().get(root)) return error;
    if (const auto error = JsonDecoder(into).read(root, into.root, 0)) return error;
    const bool atEnd = json.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return atEnd ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

} // namespace

Result<void> decodeJson(std::string& body, Document& into)
{
    into.root = Value();
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::error_code error;
    if (body.size() <= kMostKept) {
        thread_local ondemand::parser kept;
        error = decodeWith(kept, body, into);
    } else {
        ondemand::parser parser;
        error = decodeWith(parser, body, into);
    }
    if (!error) return {};
    into.root = Value();
    return Problem{ProblemCode::InvalidInput, simdjson::error_message(error), ""};
}

} // namespace streamwright::api
