// SPDX-License-Identifier: GPL-3.0-or-later
// Query forms: parameters sorted by name, so that all below "Entries.2." stand side by side; the shape says which names to
// look for. Texts stay texts here: the validator knows what they mean.
#include <algorithm>
#include <charconv>
#include <simdjson.h>

#include "core/api/decode.h"

namespace streamwright::api {

namespace {

constexpr std::size_t kMostParameters = 20'000;

struct Parameter {
    std::string_view name, value;
};
using Parameters = std::span<const Parameter>;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// What is no valid escape stays as it is.
std::size_t unescape(std::string_view text, char* out)
{
    char* const begin = out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i] == '+' ? ' ' : text[i];
        if (c == '%' && i + 2 < text.size()) {
            const int high = hexDigit(text[i + 1]), low = hexDigit(text[i + 2]);
            if (high >= 0 && low >= 0) {
                c = static_cast<char>(high * 16 + low);
                i += 2;
            }
        }
        *out++ = c;
    }
    return static_cast<std::size_t>(out - begin);
}

// Calls it with the name and the value of each parameter, as sent, until it answers false.
template <typename Each>
bool eachParameter(std::string_view form, Each each)
{
    while (!form.empty()) {
        const std::string_view part = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), part.size() + 1));
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        if (!each(part.substr(0, equals),
                  equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1)))
            return false;
    }
    return true;
}

class QueryDecoder {
public:
    QueryDecoder(Document& document) : document_(document) { }

    // What lies below prefix ("" or "Entries.2."), which all of them have. Null: nothing of the shape is there.
    Value read(Parameters all, const Shape& shape, const std::string& prefix)
    {
        std::vector<Member> members;
        for (const Shape::Field& field : shape.fields) {
            const Value value = readField(all, field, prefix);
            if (!value.is(Value::Type::Null)) members.push_back({field.name, value});
        }
        return keep(members);
    }

private:
    Value keep(const std::vector<Member>& members)
    {
        const std::span<Member> kept = document_.members(members.size());
        std::copy(members.begin(), members.end(), kept.begin());
        return Value::map(kept);
    }

    Value readField(Parameters all, const Shape::Field& field, const std::string& prefix)
    {
        const std::string name = prefix + field.queryName;
        if (field.shape->type != Shape::Type::List) return readValue(all, *field.shape, name, field.flattened);
        const Value value = readValue(all, *field.shape, name, field.flattened);
        if (!value.is(Value::Type::Null)) return value;
        // An empty list is sent by its own name.
        return exact(all, prefix + field.name) ? Value::list({}) : Value();
    }

    Value readValue(Parameters all, const Shape& shape, const std::string& name, bool flattened)
    {
        switch (shape.type) {
        case Shape::Type::Structure: {
            const Parameters inner = below(all, name + ".");
            return inner.empty() ? Value() : read(inner, shape, name + ".");
        }
        case Shape::Type::List:
            return readList(all, shape, flattened ? name + "." : name + "." + shape.elementName + ".");
        case Shape::Type::Map:
            return readMap(all, shape, flattened ? name + "." : name + ".entry.");
        default:
            break;
        }
        const Parameter* found = exact(all, name);
        return found ? Value::text(found->value) : Value();
    }

    Value readList(Parameters all, const Shape& shape, const std::string& prefix)
    {
        const Parameters inner = below(all, prefix);
        std::vector<Value> items;
        for (const std::string& index : indexes(inner, prefix.size())) {
            const Value item = readValue(inner, *shape.element, prefix + index, shape.element->flattened);
            if (!item.is(Value::Type::Null)) items.push_back(item);
        }
        if (items.empty()) return {};
        const std::span<Value> kept = document_.values(items.size());
        std::copy(items.begin(), items.end(), kept.begin());
        return Value::list(kept);
    }

    Value readMap(Parameters all, const Shape& shape, const std::string& prefix)
    {
        const Parameters inner = below(all, prefix);
        std::vector<Member> members;
        for (const std::string& index : indexes(inner, prefix.size())) {
            const Parameter* key = exact(inner, prefix + index + "." + shape.keyName);
            if (!key) continue;
            const std::string name = prefix + index + "." + shape.valueName;
            members.push_back({key->value, readValue(inner, *shape.element, name, shape.element->flattened)});
        }
        return members.empty() ? Value() : keep(members);
    }

    // Those whose names begin with it.
    static Parameters below(Parameters all, std::string_view prefix)
    {
        const auto first = std::lower_bound(all.begin(), all.end(), prefix,
                                            [](const Parameter& p, std::string_view name) { return p.name < name; });
        const auto last =
            std::partition_point(first, all.end(), [&](const Parameter& p) { return p.name.starts_with(prefix); });
        return {first, last};
    }

    static const Parameter* exact(Parameters all, std::string_view name)
    {
        const Parameters found = below(all, name);
        return !found.empty() && found.front().name == name ? &found.front() : nullptr;
    }

    // The numbers that stand at a place of the names, ascending, as written.
    static std::vector<std::string> indexes(Parameters all, std::size_t place)
    {
        std::vector<std::pair<std::uint32_t, std::string>> found;
        for (const Parameter& parameter : all) {
            const std::string_view rest = parameter.name.substr(place);
            const std::string_view text = rest.substr(0, rest.find('.'));
            if (!found.empty() && found.back().second == text) continue;
            std::uint32_t number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc() || end != text.data() + text.size()) continue;
            found.emplace_back(number, text);
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        std::vector<std::string> texts;
        for (auto& [number, text] : found)
            texts.push_back(std::move(text));
        return texts;
    }

    Document& document_;
};

} // namespace

Result<void> decodeQuery(std::string_view form, const Shape& input, Document& into)
{
    into.root = Value();
    // Unescaped it is not longer.
    const std::span<char> memory = into.bytes(form.size());
    char* next = memory.data();
    const auto unescaped = [&](std::string_view text) {
        const std::string_view out(next, unescape(text, next));
        next += out.size();
        return out;
    };
    std::vector<Parameter> parameters;
    const bool fewEnough = eachParameter(form, [&](std::string_view name, std::string_view value) {
        const std::string_view plainName = unescaped(name);
        parameters.push_back({plainName, unescaped(value)});
        return parameters.size() <= kMostParameters;
    });
    if (!fewEnough) return Problem{ProblemCode::LimitExceeded, "more than 20,000 parameters", ""};
    if (!simdjson::validate_utf8(memory.data(), static_cast<std::size_t>(next - memory.data())))
        return Problem{ProblemCode::InvalidInput, "a parameter that is not UTF-8", ""};
    std::stable_sort(parameters.begin(), parameters.end(),
                     [](const Parameter& a, const Parameter& b) { return a.name < b.name; });
    into.root = QueryDecoder(into).read(parameters, input, "");
    return {};
}

std::optional<std::string> formParameter(std::string_view form, std::string_view name)
{
    std::optional<std::string> found;
    std::string plain;
    eachParameter(form, [&](std::string_view sentName, std::string_view value) {
        plain.resize(sentName.size());
        plain.resize(unescape(sentName, plain.data()));
        if (plain != name) return true;
        found.emplace(value.size(), '\0');
        found->resize(unescape(value, found->data()));
        return false;
    });
    return found;
}

} // namespace streamwright::api
