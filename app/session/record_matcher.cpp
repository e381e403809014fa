// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_matcher.h"

#include <simdjson.h>

#include <algorithm>
#include <span>

namespace streamwright {

namespace {

using Operator = FilterTerm::Operator;
using Element = simdjson::dom::element;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// needle: in small letters.
bool contains(std::string_view text, std::string_view needle)
{
    if (needle.empty()) return true;
    if (text.size() < needle.size()) return false;
    const char* const last = text.data() + text.size() - needle.size();
    for (const char* at = text.data(); at <= last; ++at) {
        if (small(*at) != needle.front()) continue;
        std::size_t same = 1;
        while (same < needle.size() && small(at[same]) == needle[same])
            ++same;
        if (same == needle.size()) return true;
    }
    return false;
}

template <typename Value>
bool holds(Operator is, const Value& left, const Value& right)
{
    switch (is) {
    case Operator::Equal:
        return left == right;
    case Operator::Unequal:
        return left != right;
    case Operator::Less:
        return left < right;
    case Operator::LessOrEqual:
        return left <= right;
    case Operator::Greater:
        return left > right;
    case Operator::GreaterOrEqual:
        return left >= right;
    case Operator::Contains:
        break;
    }
    return false;
}

bool textHolds(const FilterTerm& term, std::string_view text)
{
    if (term.is == Operator::Contains) return contains(text, smallLetters(term.text));
    if (term.number)
        if (const auto number = numberOf(text)) return holds(term.is, *number, *term.number);
    return holds<std::string_view>(term.is, text, term.text);
}

bool numberHolds(const FilterTerm& term, long double number, std::string_view written)
{
    if (term.is == Operator::Contains || !term.number) return textHolds(term, written);
    return holds(term.is, number, *term.number);
}

// The time of day alone may be asked for: 00:05 or 00:05:12.5.
bool timeHolds(const FilterTerm& term, Time time)
{
    const std::string text = isoTime(time);
    const bool ofDay = term.text.size() > 2 && term.text[2] == ':';
    return textHolds(term, ofDay ? std::string_view(text).substr(11) : std::string_view(text));
}

bool elementHolds(const FilterTerm& term, const Element& element)
{
    using Type = simdjson::dom::element_type;
    switch (element.type()) {
    case Type::STRING:
        return textHolds(term, element.get_string().value_unsafe());
    case Type::INT64:
        return numberHolds(term, static_cast<long double>(element.get_int64().value_unsafe()),
                           simdjson::minify(element));
    case Type::UINT64:
        return numberHolds(term, static_cast<long double>(element.get_uint64().value_unsafe()),
                           simdjson::minify(element));
    case Type::DOUBLE: {
        // What was written as 0.1 is to equal 0.1: compared as the same type.
        const double value = element.get_double().value_unsafe();
        if (term.is == Operator::Contains || !term.number) return textHolds(term, simdjson::minify(element));
        return holds(term.is, value, static_cast<double>(*term.number));
    }
    case Type::BOOL:
        return textHolds(term, element.get_bool().value_unsafe() ? "true" : "false");
    case Type::NULL_VALUE:
        return textHolds(term, "null");
    case Type::ARRAY:
    case Type::OBJECT:
        break;
    }
    return term.is == Operator::Contains && contains(simdjson::minify(element), smallLetters(term.text));
}

// found: whether there was such a field at all.
bool pathHolds(const FilterTerm& term, std::span<const FieldPath::Step> steps, const Element& element, bool& found)
{
    if (element.is_array() && (steps.empty() || !steps.front().index)) {
        simdjson::dom::array items;
        if (element.get_array().get(items) != simdjson::SUCCESS) return false;
        for (const Element item : items)
            if (pathHolds(term, steps, item, found)) return true;
        return false;
    }
    if (steps.empty()) {
        found = true;
        return elementHolds(term, element);
    }
    Element next;
    const FieldPath::Step& step = steps.front();
    const auto error = step.index ? element.at(*step.index).get(next) : element.at_key(step.name).get(next);
    return error == simdjson::SUCCESS && pathHolds(term, steps.subspan(1), next, found);
}

bool factHolds(const FilterTerm& term, const BrowseRow& record)
{
    const std::string& name = term.field.steps.front().name;
    if (name == "key") return textHolds(term, record.key);
    if (name == "part" || name == "shard") return textHolds(term, record.part);
    if (name == "size") return numberHolds(term, static_cast<long double>(record.size), std::to_string(record.size));
    if (name == "sequence") return textHolds(term, record.sequence);
    if (name == "time") return timeHolds(term, record.time);
    const auto attribute = std::ranges::find(record.attributes, name, &std::pair<std::string, std::string>::first);
    return attribute != record.attributes.end() && textHolds(term, attribute->second);
}

} // namespace

// The record's data as JSON: parsed when a term first asks.
struct RecordMatcher::Json {
    simdjson::dom::parser parser;
    Element root;
    enum class State { Unread, Read, None } state = State::Unread;

    const Element* of(const BrowseRow& record)
    {
        if (state == State::Unread) {
            const std::size_t first = record.data.find_first_not_of(" \t\r\n");
            const bool looksLikeJson =
                first != record.data.npos && (record.data[first] == '{' || record.data[first] == '[');
            const bool read = looksLikeJson &&
                              parser.parse(record.data.data(), record.data.size(), true).get(root) == simdjson::SUCCESS;
            state = read ? State::Read : State::None;
        }
        return state == State::Read ? &root : nullptr;
    }

    bool comparisonHolds(const FilterTerm& term, const BrowseRow& record)
    {
        if (term.field.fact) return factHolds(term, record);
        bool found = false;
        if (const Element* data = of(record)) {
            if (pathHolds(term, term.field.steps, *data, found)) return true;
        }
        const auto& steps = term.field.steps;
        return !found && steps.size() == 1 && !steps.front().index && factHolds(term, record);
    }

    bool holds(const FilterTerm& term, const BrowseRow& record)
    {
        const auto inner = [&](const FilterTerm& one) { return holds(one, record); };
        switch (term.kind) {
        case FilterTerm::Kind::All:
            return std::ranges::all_of(term.parts, inner);
        case FilterTerm::Kind::Any:
            return std::ranges::any_of(term.parts, inner);
        case FilterTerm::Kind::Not:
            return !inner(term.parts.front());
        case FilterTerm::Kind::Contains:
            return contains(record.key, term.text) || contains(record.data, term.text);
        case FilterTerm::Kind::Compare:
            break;
        }
        return comparisonHolds(term, record);
    }
};

RecordMatcher::RecordMatcher(RecordFilter filter) : filter_(std::move(filter)), json_(std::make_unique<Json>()) { }
RecordMatcher::~RecordMatcher() = default;
RecordMatcher::RecordMatcher(RecordMatcher&&) noexcept = default;
RecordMatcher& RecordMatcher::operator=(RecordMatcher&&) noexcept = default;

bool RecordMatcher::matches(const BrowseRow& record)
{
    json_->state = Json::State::Unread;
    return json_->holds(filter_.root(), record);
}

} // namespace streamwright
