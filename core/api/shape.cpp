// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/shape.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <utility>

#include "core/base/check.h"
#include "core/base/json.h"

namespace streamwright::api {

namespace {

Shape::Type typeOf(std::string_view name)
{
    using enum Shape::Type;
    static constexpr std::array<std::pair<std::string_view, Shape::Type>, 10> kTypes = {{{"structure", Structure},
                                                                                         {"list", List},
                                                                                         {"map", Map},
                                                                                         {"string", String},
                                                                                         {"blob", Blob},
                                                                                         {"integer", Integer},
                                                                                         {"long", Long},
                                                                                         {"double", Double},
                                                                                         {"boolean", Boolean},
                                                                                         {"timestamp", Timestamp}}};
    const auto* found =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.first == name; });
    CHECK(found != kTypes.end());
    return found->second;
}

std::optional<double> numberIn(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found == json.end() ? std::nullopt : std::optional(found->get<double>());
}

std::shared_ptr<const re2::RE2> compiled(const std::string& pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    auto expression = std::make_shared<const RE2>(pattern, options);
    CHECK(expression->ok());
    return expression;
}

// What names no other shape.
std::unique_ptr<Shape> plainShape(const std::string& name, const Json& json, const Faults* faults)
{
    auto shape = std::make_unique<Shape>();
    shape->name = name;
    shape->type = typeOf(json.at("type").get<std::string>());
    shape->min = numberIn(json, "min");
    shape->max = numberIn(json, "max");
    shape->pattern = json.value("pattern", "");
    if (!shape->pattern.empty()) shape->expression = compiled(json.value("check", shape->pattern));
    shape->values = json.value("enum", std::vector<std::string>());
    shape->elementName = json.value("elementName", "member");
    shape->keyName = json.value("keyName", "key");
    shape->valueName = json.value("valueName", "value");
    shape->flattened = json.value("flattened", false);
    shape->faults = faults;
    return shape;
}

} // namespace

const Shape::Field* Shape::field(std::string_view wanted) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == wanted; });
    return found == fields.end() ? nullptr : &*found;
}

bool Shape::fits(std::string_view text) const
{
    return !expression || RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *expression);
}

ShapeTable::ShapeTable(std::string_view shapesJson) : faults_(std::make_unique<Faults>())
{
    const Result<Json> parsed = parseJson(shapesJson);
    const Json& json = *parsed;
    if (const auto faults = json.find("faults"); faults != json.end()) {
        faults_->constraint = faults->value("constraint", faults_->constraint);
        faults_->missing = faults->value("missing", "");
        faults_->missingQuery = faults->value("missingQuery", "");
    }
    for (const auto& [name, text] : json.at("shapes").items())
        shapes_.emplace(name, plainShape(name, text, faults_.get()));

    const auto named = [&](const Json& name) -> const Shape* {
        const auto found = shapes_.find(name.get_ref<const std::string&>());
        CHECK(found != shapes_.end());
        return found->second.get();
    };
    for (const auto& [name, text] : json.at("shapes").items()) {
        Shape& shape = *shapes_.at(name);
        if (text.contains("element")) shape.element = named(text.at("element"));
        if (text.contains("key")) shape.keyShape = named(text.at("key"));
        const auto fields = text.find("fields");
        if (fields == text.end()) continue;
        for (const auto& [fieldName, field] : fields->items()) {
            // A name alone, or {"shape": ..., "query": ..., "flattened": true}.
            const Shape* of = named(field.is_string() ? field : field.at("shape"));
            shape.fields.push_back({fieldName, of, false, fieldName, of->flattened});
            if (field.is_string()) continue;
            shape.fields.back().queryName = field.value("query", fieldName);
            shape.fields.back().flattened = field.value("flattened", of->flattened);
        }
        for (const std::string& required : text.value("required", std::vector<std::string>())) {
            const Shape::Field* field = shape.field(required);
            CHECK(field);
            shape.fields[static_cast<std::size_t>(field - shape.fields.data())].required = true;
        }
    }
    for (const auto& [name, action] : json.at("actions").items()) {
        ActionShapes shapes;
        if (action.contains("input")) shapes.input = named(action.at("input"));
        if (action.contains("output")) shapes.output = named(action.at("output"));
        shapes.resultWrapper = action.value("resultWrapper", "");
        actions_.emplace(name, std::move(shapes));
    }
}

ShapeTable::~ShapeTable() = default;

const ShapeTable::ActionShapes* ShapeTable::find(std::string_view action) const
{
    const auto found = actions_.find(action);
    return found == actions_.end() ? nullptr : &found->second;
}

} // namespace streamwright::api
