// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the descriptions of fields. They are ours, but people write plugins: every slip is named with its place.
#include <set>

#include "core/schema/field.h"

namespace streamwright {

namespace {

const std::map<std::string, Field::Type> kTypes = {{"integer", Field::Type::Integer}, {"number", Field::Type::Number},
                                                   {"string", Field::Type::String},   {"boolean", Field::Type::Boolean},
                                                   {"object", Field::Type::Object},   {"list", Field::Type::List},
                                                   {"map", Field::Type::Map},         {"any", Field::Type::Any}};

const std::set<std::string> kMembers = {"name",    "type", "default", "required", "live",  "minimum",
                                        "maximum", "enum", "pattern", "fields",   "items", "shorthand",
                                        "when",    "unit", "help",    "rule",     "editor"};

Problem faulty(std::string message, std::string place)
{
    return {ProblemCode::InvalidInput, std::move(message), std::move(place)};
}

Result<Field> readField(const Json& description, const std::string& place, bool named)
{
    if (!description.is_object()) return faulty("a field is an object", place);
    for (const auto& [member, value] : description.items())
        if (!kMembers.contains(member)) return faulty("a field has no member \"" + member + "\"", place);

    Field field;
    field.name = description.value("name", "");
    if (named && field.name.empty()) return faulty("a field needs a name", place);
    const auto type = kTypes.find(description.value("type", ""));
    if (type == kTypes.end())
        return faulty("a field needs a type: integer, number, string, boolean, object, list, map or any", place);
    field.type = type->second;
    if (description.contains("default")) field.defaultValue = description["default"];
    field.required = description.value("required", false);
    field.live = description.value("live", true);
    if (description.contains("minimum")) field.minimum = description["minimum"].get<double>();
    if (description.contains("maximum")) field.maximum = description["maximum"].get<double>();
    for (const auto& value : description.value("enum", Json::array()))
        field.allowed.push_back(value);
    field.pattern = description.value("pattern", "");
    field.shorthand = description.value("shorthand", "");
    field.unit = description.value("unit", "");
    field.help = description.value("help", "");
    field.rule = description.value("rule", "");
    field.editor = description.value("editor", "");
    const Json conditions = description.value("when", Json::object());
    for (const auto& [sibling, values] : conditions.items())
        field.when[sibling].assign(values.begin(), values.end());

    if (description.contains("fields")) {
        auto inner = readFields(description["fields"]);
        if (!inner) return faulty(inner.problem().message, place + "/fields" + inner.problem().place);
        field.fields = std::move(*inner);
    }
    if (field.type == Field::Type::List || field.type == Field::Type::Map) {
        if (!description.contains("items")) return faulty("a list or map needs \"items\"", place);
        auto items = readField(description["items"], place + "/items", false);
        if (!items) return items;
        field.items.push_back(std::move(*items));
    }
    return field;
}

} // namespace

Result<std::vector<Field>> readFields(const Json& description)
{
    std::vector<Field> fields;
    std::set<std::string> names;
    for (std::size_t i = 0; i < description.size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        try {
            auto field = readField(description[i], place, true);
            if (!field) return field.problem();
            if (!names.insert(field->name).second) return faulty("the field " + field->name + " stands twice", place);
            fields.push_back(std::move(*field));
        } catch (const Json::exception& error) {
            return faulty(std::string("a member has the wrong type: ") + error.what(), place);
        }
    }
    return fields;
}

} // namespace streamwright
