// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/property_edits.h"

#include <algorithm>
#include <charconv>

namespace streamwright {

namespace {

using Tokens = std::vector<std::string>;

const Field* find(const std::vector<Field>& fields, const std::string& name)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool meansDefault(const Field& field, const Json& value)
{
    if (field.required || !field.defaultValue || !value.empty()) return false;
    Json written = Json::object();
    written[field.name] = value;
    Field always = field;
    always.when.clear();
    return completeProperties({always}, written) == completeProperties({always}, Json::object());
}

std::optional<std::size_t> listIndex(const Json& list, const std::string& token)
{
    if (token == "-") return list.size();
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (error != std::errc() || end != token.data() + token.size() || index > list.size()) return {};
    return index;
}

void putMember(const std::vector<Field>& fields, Json& object, const Tokens& tokens, std::size_t at,
               const std::optional<Json>& value);

void putInside(const Field& field, Json& inside, const Tokens& tokens, std::size_t at, const std::optional<Json>& value)
{
    if (field.type == Field::Type::Object) {
        const bool shorthandAlone = inside.is_string() && at + 1 == tokens.size() && tokens[at] == field.shorthand;
        if (shorthandAlone && value && value->is_string()) {
            inside = *value;
            return;
        }
        inside = writtenOut(field, inside);
        if (!inside.is_object()) inside = Json::object();
        putMember(field.fields, inside, tokens, at, value);
    } else if (field.type == Field::Type::List) {
        if (!inside.is_array()) inside = Json::array();
        const auto index = listIndex(inside, tokens[at]);
        if (!index) return;
        if (at + 1 < tokens.size()) {
            if (*index < inside.size()) putInside(field.items.front(), inside[*index], tokens, at + 1, value);
        } else if (value && *index == inside.size()) {
            inside.push_back(*value);
        } else if (value) {
            inside[*index] = *value;
        } else if (*index < inside.size()) {
            inside.erase(*index);
        }
    } else if (field.type == Field::Type::Map) {
        if (!inside.is_object()) inside = Json::object();
        if (at + 1 < tokens.size())
            putInside(field.items.front(), inside[tokens[at]], tokens, at + 1, value);
        else if (value)
            inside[tokens[at]] = *value;
        else
            inside.erase(tokens[at]);
    }
}

void putMember(const std::vector<Field>& fields, Json& object, const Tokens& tokens, std::size_t at,
               const std::optional<Json>& value)
{
    const std::string& name = tokens[at];
    const Field* field = find(fields, name);
    const Json before = object;
    if (at + 1 == tokens.size()) {
        if (value)
            object[name] = *value;
        else
            object.erase(name);
    } else if (field) {
        Json inside = object.contains(name) ? object[name] : field->defaultValue.value_or(Json());
        putInside(*field, inside, tokens, at + 1, value);
        if (!value && meansDefault(*field, inside))
            object.erase(name);
        else
            object[name] = std::move(inside);
    }
    for (const Field& sibling : fields)
        if (sibling.when.contains(name) && object.contains(sibling.name) && hasMeaning(sibling, fields, before) &&
            !hasMeaning(sibling, fields, object))
            object.erase(sibling.name);
}

} // namespace

std::vector<std::string> pointerTokens(std::string_view pointer)
{
    Tokens tokens;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/')
            tokens.emplace_back();
        else if (tokens.empty())
            return {};
        else if (pointer[i] == '~' && i + 1 < pointer.size())
            tokens.back() += pointer[++i] == '1' ? '/' : '~';
        else
            tokens.back() += pointer[i];
    }
    return tokens;
}

Json writtenOut(const Field& field, const Json& value)
{
    if (!value.is_string() || field.shorthand.empty()) return value;
    Json object = Json::object();
    object[field.shorthand] = value;
    return object;
}

Json withProperty(const std::vector<Field>& fields, const Json& properties, std::string_view pointer,
                  const std::optional<Json>& value)
{
    const Tokens tokens = pointerTokens(pointer);
    if (tokens.empty()) return value.value_or(properties);
    Json out = properties.is_object() ? properties : Json::object();
    putMember(fields, out, tokens, 0, value);
    return out;
}

const Field* fieldAt(const std::vector<Field>& fields, std::string_view pointer)
{
    const std::vector<Field>* members = &fields;
    const Field* field = nullptr;
    for (const std::string& token : pointerTokens(pointer)) {
        if (field && (field->type == Field::Type::List || field->type == Field::Type::Map))
            field = &field->items.front();
        else
            field = members ? find(*members, token) : nullptr;
        if (!field) return nullptr;
        members = field->type == Field::Type::Object ? &field->fields : nullptr;
    }
    return field;
}

bool hasMeaning(const Field& field, const std::vector<Field>& siblings, const Json& object)
{
    return std::all_of(field.when.begin(), field.when.end(), [&](const auto& condition) {
        const auto& [name, values] = condition;
        const Field* decider = find(siblings, name);
        Json actual;
        if (object.is_object() && object.contains(name))
            actual = object[name];
        else if (decider && decider->defaultValue)
            actual = *decider->defaultValue;
        return std::find(values.begin(), values.end(), actual) != values.end();
    });
}

std::vector<Problem> checkValue(const Field& field, const Json& value)
{
    Field alone = field;
    alone.when.clear();
    if (alone.name.empty()) alone.name = "value"; // of a list's items
    Json written = Json::object();
    written[alone.name] = value;
    std::vector<Problem> problems = checkProperties({alone}, written);
    for (Problem& problem : problems)
        problem.place.erase(0, 1 + pointerToken(alone.name).size());
    return problems;
}

Json newValue(const Field& field)
{
    if (field.defaultValue) return *field.defaultValue;
    if (!field.allowed.empty()) return field.allowed.front();
    switch (field.type) {
    case Field::Type::Integer:
    case Field::Type::Number:
        return field.minimum ? Json(static_cast<std::int64_t>(*field.minimum)) : Json(0);
    case Field::Type::Boolean:
        return false;
    case Field::Type::List:
        return Json::array();
    case Field::Type::Object: {
        Json object = Json::object();
        for (const Field& member : field.fields)
            if (member.required && !member.defaultValue) object[member.name] = newValue(member);
        return object;
    }
    case Field::Type::Map:
        return Json::object();
    case Field::Type::String:
    case Field::Type::Any:
        break;
    }
    return "";
}

} // namespace streamwright
