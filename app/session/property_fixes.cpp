// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/property_fixes.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "core/schema/nearest_name.h"

namespace streamwright {

namespace {

using Tokens = std::vector<std::string>;

Tokens tokensOf(const std::string& pointer)
{
    Tokens tokens;
    for (const char c : pointer) {
        if (c == '/')
            tokens.emplace_back();
        else if (!tokens.empty())
            tokens.back().push_back(c);
    }
    for (std::string& token : tokens) { // "~1" before "~0": the other way "~01" would be a slash
        for (std::size_t at = 0; (at = token.find("~1", at)) != std::string::npos;)
            token.replace(at++, 2, "/");
        for (std::size_t at = 0; (at = token.find("~0", at)) != std::string::npos;)
            token.replace(at++, 2, "~");
    }
    return tokens;
}

const Field* memberOf(const std::vector<Field>& fields, const std::string& name)
{
    for (const Field& field : fields)
        if (field.name == name) return &field;
    return nullptr;
}

// The field that rules what is inside another at a token.
const Field* inside(const Field& field, const std::string& token)
{
    if (field.type == Field::Type::Object) return memberOf(field.fields, token);
    return field.items.empty() ? nullptr : &field.items.front();
}

const Field* fieldAt(const std::vector<Field>& fields, const Tokens& tokens)
{
    const Field* field = tokens.empty() ? nullptr : memberOf(fields, tokens[0]);
    for (std::size_t i = 1; field && i < tokens.size(); ++i)
        field = inside(*field, tokens[i]);
    return field;
}

// The value there; a bare text that stands for an object on the way is written out. Null when there is none.
Json* valueAt(Json& root, const std::vector<Field>& fields, const Tokens& tokens)
{
    Json* value = &root;
    const Field* field = nullptr;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (field && value->is_string() && !field->shorthand.empty()) *value = Json{{field->shorthand, *value}};
        if (value->is_object()) {
            const auto found = value->find(tokens[i]);
            if (found == value->end()) return nullptr;
            value = &*found;
        } else if (value->is_array()) {
            std::size_t index = value->size();
            std::from_chars(tokens[i].data(), tokens[i].data() + tokens[i].size(), index);
            if (index >= value->size()) return nullptr;
            value = &(*value)[index];
        } else {
            return nullptr;
        }
        field = i == 0 ? memberOf(fields, tokens[0]) : field ? inside(*field, tokens[i]) : nullptr;
    }
    return value;
}

std::string shown(const Json& value)
{
    std::string text = value.is_string() ? "\"" + value.get<std::string>() + "\"" : value.dump();
    if (text.size() > 40) text = text.substr(0, 37) + "...";
    return text;
}

Json numberFor(const Field& field, double value)
{
    if (field.type == Field::Type::Integer) return static_cast<std::int64_t>(value);
    if (std::trunc(value) == value && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

std::optional<double> readNumber(const std::string& text)
{
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

class Candidates {
public:
    Candidates(const std::vector<Field>& fields, const Json& properties, const std::string& place)
        : fields_(fields),
          tokens_(tokensOf(place)),
          copy_(properties)
    {
        value_ = valueAt(copy_, fields_, tokens_);
    }

    std::vector<PropertyFix> forMissing(const std::string& name)
    {
        const Field* parent = tokens_.empty() ? nullptr : fieldAt(fields_, tokens_);
        const Field* field = memberOf(parent ? parent->fields : fields_, name);
        if (!field) return {};
        Tokens at = tokens_;
        at.push_back(name);
        for (const Json& value : likelyValues(*field))
            set(at, value);
        return std::move(out_);
    }

    std::vector<PropertyFix> forWrong()
    {
        if (!value_ || tokens_.empty()) return {};
        const Field* field = fieldAt(fields_, tokens_);
        if (field)
            betterValues(*field);
        else
            rename();
        if (field && field->defaultValue)
            remove("Reset " + tokens_.back() + " to its default");
        else
            remove("Remove " + (isIndex() ? "the entry" : tokens_.back()));
        siblings(field);
        return std::move(out_);
    }

private:
    bool isIndex() const { return tokens_.back().find_first_not_of("0123456789") == std::string::npos; }

    static std::vector<Json> likelyValues(const Field& field)
    {
        if (field.defaultValue) return {*field.defaultValue};
        if (!field.allowed.empty()) return {field.allowed.begin(), field.allowed.end()};
        switch (field.type) {
        case Field::Type::Integer:
        case Field::Type::Number:
            return {numberFor(field, field.minimum.value_or(field.maximum ? std::min(*field.maximum, 1.0) : 1))};
        case Field::Type::Boolean:
            return {false, true};
        case Field::Type::Object:
        case Field::Type::Map:
            return {Json::object()};
        case Field::Type::List:
            return {Json::array()};
        case Field::Type::String:
        case Field::Type::Any:
            return {};
        }
        return {};
    }

    void betterValues(const Field& field)
    {
        const Json& value = *value_;
        if (!field.allowed.empty() && value.is_string()) {
            std::vector<std::string> words;
            for (const Json& allowed : field.allowed)
                if (allowed.is_string()) words.push_back(allowed.get<std::string>());
            if (const std::string near = nearestName(value.get<std::string>(), words); !near.empty())
                set(tokens_, near);
        }
        const bool wantsNumber = field.type == Field::Type::Integer || field.type == Field::Type::Number;
        std::optional<double> number;
        if (value.is_number()) number = value.get<double>();
        if (value.is_string()) number = readNumber(value.get<std::string>());
        if (wantsNumber && number) {
            double better =
                field.type == Field::Type::Integer && std::abs(*number) < 9e15 ? std::round(*number) : *number;
            if (field.minimum) better = std::max(better, *field.minimum);
            if (field.maximum) better = std::min(better, *field.maximum);
            set(tokens_, numberFor(field, better));
        }
        if (field.type == Field::Type::Boolean && (value == "true" || value == "false")) set(tokens_, value == "true");
        if (field.type == Field::Type::String && value.is_number()) set(tokens_, value.dump());
        if (field.type == Field::Type::List && !value.is_array()) set(tokens_, Json::array({value}));
        for (const Json& likely : likelyValues(field))
            if (!field.defaultValue && out_.size() < 3) set(tokens_, likely);
    }

    void rename()
    {
        const Tokens parents(tokens_.begin(), tokens_.end() - 1);
        const Field* parent = fieldAt(fields_, parents);
        if (!parents.empty() && !parent) return;
        const Json* siblings = valueAt(copy_, fields_, parents);
        std::vector<std::string> names;
        for (const Field& field : parents.empty() ? fields_ : parent->fields)
            if (siblings && !siblings->contains(field.name)) names.push_back(field.name);
        const std::string old = tokens_.back(), near = nearestName(old, names);
        if (near.empty()) return;
        out_.push_back({"Rename " + old + " to " + near, [fields = &fields_, parents, old, near](Json& properties) {
                            Json* object = valueAt(properties, *fields, parents);
                            if (!object || !object->is_object()) return;
                            Json renamed = Json::object(); // the member keeps its row
                            for (auto& [name, value] : object->items())
                                renamed[name == old ? near : name] = value;
                            *object = std::move(renamed);
                        }});
    }

    // A property that means something only beside another: the other could be changed as well.
    void siblings(const Field* field)
    {
        if (!field) return;
        for (const auto& [sibling, values] : field->when)
            for (const Json& value : values) {
                Tokens at(tokens_.begin(), tokens_.end() - 1);
                at.push_back(sibling);
                set(at, value);
            }
    }

    void set(const Tokens& at, const Json& value)
    {
        out_.push_back({"Set " + at.back() + " to " + shown(value), [fields = &fields_, at, value](Json& properties) {
                            const Tokens parents(at.begin(), at.end() - 1);
                            Json* parent = valueAt(properties, *fields, parents);
                            if (!parent) return;
                            if (parent->is_object())
                                (*parent)[at.back()] = value;
                            else if (Json* item = valueAt(properties, *fields, at))
                                *item = value;
                        }});
    }

    void remove(const std::string& label)
    {
        out_.push_back({label, [fields = &fields_, at = tokens_](Json& properties) {
                            Json* parent = valueAt(properties, *fields, {at.begin(), at.end() - 1});
                            if (!parent || !valueAt(properties, *fields, at)) return;
                            if (parent->is_object())
                                parent->erase(at.back());
                            else
                                parent->erase(std::stoul(at.back()));
                        }});
    }

    const std::vector<Field>& fields_; // of a kind: outlives the fixes
    const Tokens tokens_;
    Json copy_;
    Json* value_ = nullptr;
    std::vector<PropertyFix> out_;
};

} // namespace

std::vector<PropertyFix> propertyFixes(const std::vector<Field>& fields, const Json& properties,
                                       const std::string& place, const std::string& required)
{
    Candidates candidates(fields, properties, place);
    return required.empty() ? candidates.forWrong() : candidates.forMissing(required);
}

} // namespace streamwright
