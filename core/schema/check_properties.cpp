// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <regex>

#include "core/schema/field.h"
#include "core/schema/nearest_name.h"

namespace streamwright {

namespace {

const char* typeWord(Field::Type type)
{
    switch (type) {
    case Field::Type::Integer:
        return "a whole number";
    case Field::Type::Number:
        return "a number";
    case Field::Type::String:
        return "a text";
    case Field::Type::Boolean:
        return "true or false";
    case Field::Type::Object:
        return "an object";
    case Field::Type::List:
        return "a list";
    case Field::Type::Map:
        return "an object";
    case Field::Type::Any:
        return "a value";
    }
    return "";
}

bool hasType(Field::Type type, const Json& value)
{
    switch (type) {
    case Field::Type::Integer:
        return value.is_number_integer() ||
               (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>() &&
                std::abs(value.get<double>()) < 9e15);
    case Field::Type::Number:
        return value.is_number();
    case Field::Type::String:
        return value.is_string();
    case Field::Type::Boolean:
        return value.is_boolean();
    case Field::Type::Object:
    case Field::Type::Map:
        return value.is_object();
    case Field::Type::List:
        return value.is_array();
    case Field::Type::Any:
        return true;
    }
    return false;
}

std::string shortText(const Json& value)
{
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > 60) text = text.substr(0, 57) + "...";
    return text;
}

std::string numberText(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", value);
    return text;
}

std::string withUnit(double bound, const Field& field)
{
    return numberText(bound) + (field.unit.empty() || field.unit == "Count" ? "" : " " + field.unit);
}

class Checker {
public:
    std::vector<Problem> problems;

    void checkMembers(const std::vector<Field>& fields, const Json& object, const std::string& place)
    {
        for (const auto& [name, value] : object.items()) {
            const Field* field = find(fields, name);
            const std::string at = place + "/" + pointerToken(name);
            if (!field) {
                unknown(fields, name, at);
                continue;
            }
            checkWhen(*field, fields, object, at);
            checkValue(*field, value, at);
        }
        for (const Field& field : fields)
            if (field.required && !object.contains(field.name)) add(place, field.name + " is required" + ruleOf(field));
    }

private:
    static const Field* find(const std::vector<Field>& fields, const std::string& name)
    {
        for (const Field& field : fields)
            if (field.name == name) return &field;
        return nullptr;
    }
    static std::string ruleOf(const Field& field) { return field.rule.empty() ? "" : ": " + field.rule; }
    void add(const std::string& place, std::string message)
    {
        problems.push_back({ProblemCode::InvalidInput, std::move(message), place});
    }

    void unknown(const std::vector<Field>& fields, const std::string& name, const std::string& place)
    {
        std::vector<std::string> names;
        for (const Field& field : fields)
            names.push_back(field.name);
        const std::string near = nearestName(name, names);
        add(place, "there is no property " + name + (near.empty() ? "" : "; did you mean " + near + "?"));
    }

    void checkWhen(const Field& field, const std::vector<Field>& fields, const Json& object, const std::string& place)
    {
        for (const auto& [sibling, values] : field.when) {
            const Field* decider = find(fields, sibling);
            Json actual;
            if (object.contains(sibling))
                actual = object[sibling];
            else if (decider && decider->defaultValue)
                actual = *decider->defaultValue;
            if (std::find(values.begin(), values.end(), actual) != values.end()) continue;
            std::string wanted;
            for (const Json& value : values)
                wanted += (wanted.empty() ? "" : " or ") + shortText(value);
            add(place, field.name + " has a meaning only when " + sibling + " is " + wanted);
        }
    }

    void checkValue(const Field& field, const Json& value, const std::string& place)
    {
        if (field.type == Field::Type::Object && value.is_string() && !field.shorthand.empty()) {
            Json written = Json::object();
            written[field.shorthand] = value;
            checkMembers(field.fields, written, place);
            return;
        }
        if (!hasType(field.type, value)) {
            add(place, "must be " + std::string(typeWord(field.type)) + ", not " + shortText(value) + ruleOf(field));
            return;
        }
        if (!field.allowed.empty() &&
            std::find(field.allowed.begin(), field.allowed.end(), value) == field.allowed.end()) {
            std::string words;
            for (const Json& allowed : field.allowed)
                words += (words.empty() ? "" : ", ") + shortText(allowed);
            add(place, "must be one of " + words + ", not " + shortText(value) + ruleOf(field));
        }
        checkBounds(field, value, place);
        if (field.type == Field::Type::Object && !field.fields.empty()) checkMembers(field.fields, value, place);
        if (field.type == Field::Type::List)
            for (std::size_t i = 0; i < value.size(); ++i)
                checkValue(field.items.front(), value[i], place + "/" + std::to_string(i));
        if (field.type == Field::Type::Map)
            for (const auto& [name, item] : value.items())
                checkValue(field.items.front(), item, place + "/" + pointerToken(name));
    }

    void checkBounds(const Field& field, const Json& value, const std::string& place)
    {
        if (value.is_number()) {
            const double number = value.get<double>();
            if (field.minimum && number < *field.minimum)
                add(place, "must be at least " + withUnit(*field.minimum, field) + ", not " + shortText(value) +
                               ruleOf(field));
            if (field.maximum && number > *field.maximum)
                add(place,
                    "must be at most " + withUnit(*field.maximum, field) + ", not " + shortText(value) + ruleOf(field));
        } else if (value.is_string()) {
            checkText(field, value.get<std::string>(), place);
        } else if (value.is_array()) {
            checkLength(field, value.size(), "items", place);
        }
    }

    void checkLength(const Field& field, std::size_t length, const char* of, const std::string& place)
    {
        if (field.minimum && static_cast<double>(length) < *field.minimum)
            add(place, "must have at least " + numberText(*field.minimum) + " " + of + ruleOf(field));
        if (field.maximum && static_cast<double>(length) > *field.maximum)
            add(place, "must have at most " + numberText(*field.maximum) + " " + of + ", not " +
                           std::to_string(length) + ruleOf(field));
    }

    void checkText(const Field& field, const std::string& text, const std::string& place)
    {
        const auto letters =
            std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }); // UTF-8
        checkLength(field, static_cast<std::size_t>(letters), "characters", place);
        // std::regex recurses by the length of the text: what is too long has been refused above.
        if (field.pattern.empty() || text.size() > 4096) return;
        if (!std::regex_match(text, std::regex(field.pattern)))
            add(place, "must match " + field.pattern + ", not " + shortText(text) + ruleOf(field));
    }
};

Json complete(const Field& field, const Json& value)
{
    if (field.type == Field::Type::Integer && value.is_number_float())
        return static_cast<std::int64_t>(value.get<double>());
    if (field.type == Field::Type::Object && !field.fields.empty()) {
        if (value.is_string()) {
            Json written = Json::object();
            written[field.shorthand] = value;
            return completeProperties(field.fields, written);
        }
        return completeProperties(field.fields, value);
    }
    if (field.type == Field::Type::List || field.type == Field::Type::Map) {
        Json items = field.type == Field::Type::List ? Json::array() : Json::object();
        for (const auto& [name, item] : value.items()) {
            if (value.is_array())
                items.push_back(complete(field.items.front(), item));
            else
                items[name] = complete(field.items.front(), item);
        }
        return items;
    }
    return value;
}

bool applies(const Field& field, const Json& object)
{
    return std::all_of(field.when.begin(), field.when.end(), [&](const auto& condition) {
        const auto& [sibling, values] = condition;
        return object.contains(sibling) && std::find(values.begin(), values.end(), object[sibling]) != values.end();
    });
}

} // namespace

std::vector<Problem> checkProperties(const std::vector<Field>& fields, const Json& properties)
{
    Checker checker;
    if (!properties.is_object())
        checker.problems.push_back({ProblemCode::InvalidInput, "must be an object, not " + shortText(properties), ""});
    else
        checker.checkMembers(fields, properties, "");
    return std::move(checker.problems);
}

std::vector<Problem> checkLiveEdit(const std::vector<Field>& fields, const Json& before, const Json& after)
{
    std::vector<Problem> problems;
    for (const Field& field : fields) {
        const Json old = before.value(field.name, Json()), wanted = after.value(field.name, Json());
        const std::string place = "/" + pointerToken(field.name);
        if (old == wanted) continue;
        if (!field.live) {
            problems.push_back({ProblemCode::Conflict,
                                field.name + " takes effect when a run starts; stop the run to change it", place});
        } else if (field.type == Field::Type::Object && old.is_object() && wanted.is_object()) {
            for (Problem problem : checkLiveEdit(field.fields, old, wanted)) {
                problem.place = place + problem.place;
                problems.push_back(std::move(problem));
            }
        }
    }
    return problems;
}

Json completeProperties(const std::vector<Field>& fields, const Json& properties)
{
    Json out = Json::object();
    for (const Field& field : fields) {
        if (properties.contains(field.name))
            out[field.name] = complete(field, properties[field.name]);
        else if (field.defaultValue && applies(field, out))
            out[field.name] = complete(field, *field.defaultValue);
    }
    return out;
}

} // namespace streamwright
