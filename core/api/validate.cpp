// SPDX-License-Identifier: GPL-3.0-or-later
// The walk over a request beside its shape: types first (convert.h), then constraints. The usual request passes without
// a text being made.
#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

#include "core/api/constraint.h"
#include "core/api/convert.h"
#include "core/api/shape.h"

namespace streamwright::api {

namespace {

constexpr std::size_t kMostErrors = 10;
constexpr std::size_t kMostFields = 64; // of a structure

// Where a value stands, as a chain through the frames of the walk; written out for a message only.
struct Place {
    const Place* parent = nullptr;
    const Shape::Field* field = nullptr; // of a structure
    std::size_t index = 0; // of a list, from 1
    std::string_view key; // of a map
};

bool isNested(const Shape& shape)
{
    return shape.type == Shape::Type::Structure || shape.type == Shape::Type::List || shape.type == Shape::Type::Map;
}

class Validator {
public:
    explicit Validator(Wire wire) : wire_(wire) { }

    std::optional<ApiError> run(Value& root, const Shape& input)
    {
        const Place place;
        if (!walk(root, input, place)) return fault_;
        if (errors_.empty()) return std::nullopt;
        std::string text = std::to_string(errors_.size()) +
                           (errors_.size() == 1 ? " validation error" : " validation errors") + " detected: ";
        for (const std::string& error : errors_)
            text.append(&error == errors_.data() ? "" : "; ").append(error);
        return ApiError{input.faults->constraint, std::move(text), 400, "", ""};
    }

private:
    // False: there is a fault that ends the walk.
    bool walk(Value& value, const Shape& shape, const Place& place)
    {
        switch (shape.type) {
        case Shape::Type::Structure:
            return value.is(Value::Type::Map) ? structure(value, shape, place) : refuse(value, shape);
        case Shape::Type::List:
            return value.is(Value::Type::List) ? list(value, shape, place) : refuse(value, shape);
        case Shape::Type::Map:
            return value.is(Value::Type::Map) ? map(value, shape, place) : refuse(value, shape);
        default:
            return scalar(value, shape) && check(value, shape, place);
        }
    }

    bool structure(Value& value, const Shape& shape, const Place& place)
    {
        CHECK(shape.fields.size() <= kMostFields);
        const std::span<Member> members = value.members();
        std::uint64_t seen = 0;
        std::array<Member*, kMostFields> at; // of the fields seen
        std::size_t next = 0; // clients send members mostly in one order
        for (Member& member : members) {
            if (member.value.is(Value::Type::Null)) continue;
            const Shape::Field* field = fieldAt(shape, member.name, next);
            if (!field) continue;
            const auto which = static_cast<std::size_t>(field - shape.fields.data());
            if (seen >> which & 1) at[which]->value = Value(); // the last one counts
            seen |= std::uint64_t{1} << which;
            at[which] = &member;
            if (!walk(member.value, *field->shape, Place{&place, field, 0, {}})) return false;
        }
        for (const Shape::Field& field : shape.fields) {
            if (!field.required) continue;
            const bool there = seen >> (&field - shape.fields.data()) & 1;
            if (there && shape.faults->missing.empty()) continue;
            if (there && !isEmptyText(value.find(field.name))) continue;
            if (!missing(shape, Place{&place, &field, 0, {}})) return false;
        }
        return true;
    }

    bool list(Value& value, const Shape& shape, const Place& place)
    {
        if (!check(value, shape, place)) return false;
        const Shape& element = *shape.element;
        const bool nested = isNested(element);
        unsigned broken = 0;
        std::size_t index = 0;
        for (Value& item : value.items()) {
            const Place at{&place, nullptr, ++index, {}};
            if (item.is(Value::Type::Null)) {
                addNull(element, at);
            } else if (nested) {
                if (!walk(item, element, at)) return false;
            } else {
                if (!scalar(item, element)) return false;
                broken |= brokenBy(item, element);
            }
        }
        if (broken) add(value, shape, place, "Member must satisfy constraint: " + demands(element));
        return true;
    }

    bool map(Value& value, const Shape& shape, const Place& place)
    {
        value = Value::map(lastOfEachKey(value.members()));
        if (!check(value, shape, place)) return false;
        const Shape& element = *shape.element;
        const bool nested = isNested(element);
        unsigned badKeys = 0, badValues = 0;
        for (Member& member : value.members()) {
            const Place at{&place, nullptr, 0, member.name};
            badKeys |= brokenBy(Value::text(member.name), *shape.keyShape);
            if (member.value.is(Value::Type::Null)) {
                addNull(element, at);
            } else if (nested) {
                if (!walk(member.value, element, at)) return false;
            } else {
                if (!scalar(member.value, element)) return false;
                badValues |= brokenBy(member.value, element);
            }
        }
        if (badKeys) add(value, shape, place, "Map keys must satisfy constraint: " + demands(*shape.keyShape));
        if (badValues) add(value, shape, place, "Map value must satisfy constraint: " + demands(element));
        return true;
    }

    bool scalar(Value& value, const Shape& shape)
    {
        std::string message = convertScalar(value, shape, wire_);
        return message.empty() || refuse(std::move(message));
    }

    bool check(const Value& value, const Shape& shape, const Place& place)
    {
        const unsigned broken = brokenBy(value, shape);
        if (broken == 0 || errors_.size() >= kMostErrors) return true;
        for (const Broken which : {kPattern, kTooShort, kTooLong, kEnumeration}) {
            if (broken & which) add(value, shape, place, demand(which, shape));
        }
        return true;
    }

    bool refuse(const Value& value, const Shape& shape) { return refuse(misplaced(value, shape.type)); }
    bool refuse(std::string message)
    {
        fault_ = ApiError{wire_ == Wire::Query ? "MalformedInput" : "SerializationException", std::move(message), 400,
                          "", ""};
        return false;
    }

    bool missing(const Shape& shape, const Place& place)
    {
        if (shape.faults->missing.empty()) {
            addNull(shape, place);
            return true;
        }
        fault_ = ApiError{shape.faults->missing, "The request must contain the parameter " + formName(place) + ".", 400,
                          shape.faults->missingQuery, ""};
        return false;
    }

    void add(const Value& value, const Shape& shape, const Place& place, const std::string& demanded)
    {
        if (errors_.size() >= kMostErrors) return;
        const std::string text = value.is(Value::Type::Null) ? "null" : "'" + described(value, shape) + "'";
        errors_.push_back("Value " + text + " at '" + path(place) + "' failed to satisfy constraint: " + demanded);
    }
    void addNull(const Shape& shape, const Place& place) { add(Value(), shape, place, "Member must not be null"); }

    static const Shape::Field* fieldAt(const Shape& shape, std::string_view name, std::size_t& next)
    {
        for (std::size_t i = 0; i < shape.fields.size(); ++i, ++next) {
            if (next >= shape.fields.size()) next = 0;
            if (shape.fields[next].name == name) return &shape.fields[next++];
        }
        return nullptr;
    }

    static bool isEmptyText(const Value* value)
    {
        return value && value->is(Value::Type::Text) && value->string().empty();
    }

    static std::span<Member> lastOfEachKey(std::span<Member> members)
    {
        if (members.size() < 2) return members;
        std::vector<std::uint32_t> order(members.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return members[a].name < members[b].name; });
        std::vector<bool> drop(members.size());
        bool any = false;
        for (std::size_t i = 0; i + 1 < order.size(); ++i) {
            if (members[order[i]].name != members[order[i + 1]].name) continue;
            drop[order[i]] = any = true;
        }
        if (!any) return members;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (!drop[i]) members[kept++] = members[i];
        }
        return members.first(kept);
    }

    // "records.3.member.partitionKey"
    static std::string path(const Place& place)
    {
        std::string text = place.parent ? path(*place.parent) : std::string();
        const auto step = [&](std::string_view name) { text.append(text.empty() ? "" : ".").append(name); };
        if (place.field) {
            step(place.field->name);
            char& first = text[text.size() - place.field->name.size()];
            first = static_cast<char>(std::tolower(static_cast<unsigned char>(first)));
        } else if (place.index > 0) {
            step(std::to_string(place.index));
            step("member");
        } else if (place.parent) {
            step(shown(place.key));
            step("member");
        }
        return text;
    }

    // "SendMessageBatchRequestEntry.1.Id"
    static std::string formName(const Place& place)
    {
        std::string text = place.parent ? formName(*place.parent) : std::string();
        const auto step = [&](std::string_view name) { text.append(text.empty() ? "" : ".").append(name); };
        if (place.field)
            step(place.field->queryName);
        else if (place.index > 0)
            step(std::to_string(place.index));
        else if (place.parent)
            step(shown(place.key));
        return text;
    }

    Wire wire_;
    std::vector<std::string> errors_;
    std::optional<ApiError> fault_;
};

} // namespace

std::optional<ApiError> validate(Document& document, const Shape& input, Wire wire)
{
    return Validator(wire).run(document.root, input);
}

} // namespace streamwright::api
