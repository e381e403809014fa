// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/partition_query.h"

#include <simdjson.h>

#include <charconv>

namespace streamwright::firehose {

namespace {

bool startsName(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

class QueryParser {
public:
    explicit QueryParser(std::string_view text) : text_(text) { }

    Result<std::vector<PartitionQuery::Key>> parse()
    {
        std::vector<PartitionQuery::Key> keys;
        if (!take('{')) return refused("the query is an object {key: .path, ...}");
        do {
            PartitionQuery::Key key;
            if (!takeKey(key.name)) return refused("a key is expected");
            if (!take(':')) return refused("\":\" is expected after the key " + key.name);
            if (auto path = takePath(key.path); !path) return path.problem();
            for (const auto& other : keys)
                if (other.name == key.name) return refused("the key " + key.name + " stands twice");
            keys.push_back(std::move(key));
        } while (take(','));
        if (!take('}')) return refused("\",\" or \"}\" is expected: only paths like .a.b[0] are emulated of jq");
        skipSpace();
        if (at_ != text_.size()) return refused("nothing can follow the object");
        return keys;
    }

private:
    Problem refused(const std::string& why) const
    {
        return {ProblemCode::InvalidInput,
                "MetadataExtractionQuery, character " + std::to_string(at_ + 1) + ": " + why};
    }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skipSpace()
    {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool take(char c)
    {
        skipSpace();
        if (peek() != c || at_ == text_.size()) return false;
        ++at_;
        return true;
    }
    bool takeName(std::string& name)
    {
        if (!startsName(peek())) return false;
        while (startsName(peek()) || isDigit(peek()))
            name.push_back(text_[at_++]);
        return true;
    }
    // A JSON string; nothing is taken when it is faulty.
    bool takeString(std::string& text)
    {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != '"')
            end += text_[end] == '\\' ? 2 : 1;
        if (end >= text_.size()) return false;
        const auto parsed = parseJson(text_.substr(at_, end + 1 - at_));
        if (!parsed || text_.substr(at_, end + 1 - at_).find("\\(") != std::string_view::npos) return false;
        text = parsed->get<std::string>();
        at_ = end + 1;
        return true;
    }
    bool takeKey(std::string& name)
    {
        skipSpace();
        return peek() == '"' ? takeString(name) && !name.empty() : takeName(name);
    }

    Result<void> takePath(std::vector<PartitionQuery::Step>& path)
    {
        skipSpace();
        if (peek() != '.') return refused("a path that begins with \".\" is expected");
        while (true) {
            std::string name;
            if (peek() == '.') {
                ++at_;
                const bool named = peek() == '"' ? takeString(name) : takeName(name);
                if (named)
                    path.emplace_back(std::move(name));
                else if (peek() != '[' || !path.empty())
                    return refused("the name of a member is expected");
            } else if (peek() == '[') {
                ++at_;
                if (auto step = takeBracket(path); !step) return step;
            } else {
                return {};
            }
        }
    }

    Result<void> takeBracket(std::vector<PartitionQuery::Step>& path)
    {
        skipSpace();
        if (peek() == '"') {
            std::string name;
            if (!takeString(name)) return refused("the text is faulty");
            path.emplace_back(std::move(name));
        } else {
            std::int64_t index = 0;
            const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), index);
            if (error != std::errc()) return refused("an index or a \"name\" is expected between [ and ]");
            at_ = static_cast<std::size_t>(end - text_.data());
            path.emplace_back(index);
        }
        if (!take(']')) return refused("\"]\" is expected");
        return {};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

using Element = simdjson::dom::element;

bool descend(Element& value, const PartitionQuery::Step& step)
{
    if (const auto* name = std::get_if<std::string>(&step)) {
        simdjson::dom::object object;
        return value.get(object) == simdjson::SUCCESS && object.at_key(*name).get(value) == simdjson::SUCCESS;
    }
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return false;
    const std::int64_t index = std::get<std::int64_t>(step);
    const std::int64_t at = index < 0 ? index + static_cast<std::int64_t>(array.size()) : index;
    return at >= 0 && array.at(static_cast<std::size_t>(at)).get(value) == simdjson::SUCCESS;
}

// The text of a scalar as jq prints it in a string; false for null, arrays and objects.
bool scalarText(Element value, std::string& out)
{
    switch (value.type()) {
    case simdjson::dom::element_type::STRING:
        out = value.get_string().value_unsafe();
        return true;
    case simdjson::dom::element_type::INT64:
        out = std::to_string(value.get_int64().value_unsafe());
        return true;
    case simdjson::dom::element_type::UINT64:
        out = std::to_string(value.get_uint64().value_unsafe());
        return true;
    case simdjson::dom::element_type::BOOL:
        out = value.get_bool().value_unsafe() ? "true" : "false";
        return true;
    case simdjson::dom::element_type::DOUBLE: {
        char text[40];
        const auto end = std::to_chars(text, text + sizeof text, value.get_double().value_unsafe()).ptr;
        out.assign(text, end);
        return true;
    }
    default:
        return false;
    }
}

} // namespace

Result<PartitionQuery> PartitionQuery::parse(std::string_view text)
{
    auto keys = QueryParser(text).parse();
    if (!keys) return keys.problem();
    PartitionQuery query;
    query.keys_ = std::move(*keys);
    return query;
}

const PartitionQuery::Key* PartitionQuery::find(std::string_view name) const
{
    const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.name == name; });
    return found == keys_.end() ? nullptr : &*found;
}

struct PartitionExtractor::Parser {
    simdjson::dom::parser json;
};

PartitionExtractor::PartitionExtractor(const PartitionQuery& query, const std::vector<std::string>& wanted)
    : parser_(std::make_unique<Parser>())
{
    for (const std::string& name : wanted)
        wanted_.push_back(*query.find(name));
}

PartitionExtractor::~PartitionExtractor() = default;

Result<void> PartitionExtractor::extract(std::string_view record, std::vector<std::string>& values)
{
    Element document;
    if (parser_->json.parse(record.data(), record.size()).get(document) != simdjson::SUCCESS)
        return Problem{ProblemCode::InvalidInput, "Non JSON record provided"};
    values.resize(wanted_.size());
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
        Element value = document;
        bool found = true;
        for (const auto& step : wanted_[i].path)
            found = found && descend(value, step);
        if (!found || !scalarText(value, values[i]) || values[i].empty())
            return Problem{ProblemCode::InvalidInput, "partitionKeys values must not be null or empty"};
    }
    return {};
}

} // namespace streamwright::firehose
