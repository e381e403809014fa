// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/field.h"

namespace streamwright {

namespace {

Json schemaOf(const Field& field);

void addTyped(Json& schema, const Field& field)
{
    switch (field.type) {
    case Field::Type::Integer:
        schema["type"] = "integer";
        break;
    case Field::Type::Number:
        schema["type"] = "number";
        break;
    case Field::Type::String:
        schema["type"] = "string";
        break;
    case Field::Type::Boolean:
        schema["type"] = "boolean";
        break;
    case Field::Type::Object:
        schema.update(field.fields.empty() ? Json{{"type", "object"}} : fieldsSchema(field.fields));
        break;
    case Field::Type::List:
        schema["type"] = "array";
        schema["items"] = schemaOf(field.items.front());
        break;
    case Field::Type::Map:
        schema["type"] = "object";
        schema["additionalProperties"] = schemaOf(field.items.front());
        break;
    case Field::Type::Any:
        break;
    }
}

void addBounds(Json& schema, const Field& field)
{
    const bool text = field.type == Field::Type::String;
    const bool list = field.type == Field::Type::List;
    const auto bound = [](double value) {
        return value == static_cast<double>(static_cast<std::int64_t>(value)) ? Json(static_cast<std::int64_t>(value))
                                                                              : Json(value);
    };
    if (field.minimum) schema[text ? "minLength" : list ? "minItems" : "minimum"] = bound(*field.minimum);
    if (field.maximum) schema[text ? "maxLength" : list ? "maxItems" : "maximum"] = bound(*field.maximum);
    if (!field.pattern.empty()) schema["pattern"] = "^(?:" + field.pattern + ")$";
    if (!field.allowed.empty()) schema["enum"] = field.allowed;
}

Json schemaOf(const Field& field)
{
    Json schema = Json::object();
    std::string description = field.help;
    if (!field.rule.empty()) description += (description.empty() ? "" : " ") + field.rule;
    if (!field.unit.empty()) description += (description.empty() ? "" : " ") + std::string("Unit: ") + field.unit + ".";
    if (!description.empty()) schema["description"] = description;
    if (field.defaultValue) schema["default"] = *field.defaultValue;
    if (!field.shorthand.empty()) {
        Json written = Json::object();
        addTyped(written, field);
        Json word = Json::object();
        for (const Field& member : field.fields)
            if (member.name == field.shorthand) word = schemaOf(member);
        schema["anyOf"] = Json::array({word, written});
        return schema;
    }
    addTyped(schema, field);
    addBounds(schema, field);
    return schema;
}

} // namespace

Json fieldsSchema(const std::vector<Field>& fields)
{
    Json schema = {{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array();
    for (const Field& field : fields) {
        schema["properties"][field.name] = schemaOf(field);
        if (field.required) required.push_back(field.name);
    }
    if (!required.empty()) schema["required"] = required;
    schema["additionalProperties"] = false;
    return schema;
}

} // namespace streamwright
