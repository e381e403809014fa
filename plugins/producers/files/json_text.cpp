// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/json_text.h"

#include <charconv>
#include <limits>

#include <simdjson.h>

#include "plugins/producers/files/text_window.h"
#include "plugins/producers/files/time_text.h"

namespace streamwright::producers {

static_assert(TextWindow::kPadding >= simdjson::SIMDJSON_PADDING);

struct JsonText::Document {
    simdjson::dom::parser parser;
    simdjson::dom::element root;

    std::optional<simdjson::dom::element> find(const FieldPath& path) const
    {
        simdjson::dom::element found;
        if (root.at_key(path.text()).get(found) == simdjson::SUCCESS) return found;
        if (path.names().size() < 2) return {};
        found = root;
        for (const std::string& name : path.names())
            if (!enter(found, name)) return {};
        return found;
    }

private:
    static bool enter(simdjson::dom::element& at, const std::string& name)
    {
        if (at.is_object()) return at.at_key(name).get(at) == simdjson::SUCCESS;
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
        return error == std::errc() && end == name.data() + name.size() && at.at(index).get(at) == simdjson::SUCCESS;
    }
};

FieldPath::FieldPath(std::string text) : text_(std::move(text))
{
    for (std::size_t begin = 0; begin <= text_.size();) {
        const std::size_t end = std::min(text_.find('.', begin), text_.size());
        names_.push_back(text_.substr(begin, end - begin));
        begin = end + 1;
    }
}

JsonText::JsonText() : document_(std::make_unique<Document>()) { }
JsonText::~JsonText() = default;

std::optional<std::string> JsonText::parse(std::string_view text)
{
    if (text.empty()) return "there is no value";
    const auto error = document_->parser.parse(text.data(), text.size(), false).get(document_->root);
    if (error == simdjson::SUCCESS) return {};
    return simdjson::error_message(error);
}

void JsonText::minify(std::string_view text, std::string& into)
{
    into.resize(text.size() + TextWindow::kPadding);
    std::size_t size = 0;
    // An unclosed string is the only thing it refuses; what is kept then shows the parser the same fault.
    if (simdjson::minify(text.data(), text.size(), into.data(), size) != simdjson::SUCCESS) {
        into.assign(text);
        size = text.size();
    }
    into.resize(size + TextWindow::kPadding, '\0');
    into.resize(size);
}

std::optional<std::string_view> JsonText::keyAt(const FieldPath& path)
{
    const auto found = document_->find(path);
    if (!found) return {};
    switch (found->type()) {
    case simdjson::dom::element_type::STRING:
        return std::string_view(*found);
    case simdjson::dom::element_type::BOOL:
        return bool(*found) ? "true" : "false";
    case simdjson::dom::element_type::INT64:
        number_ = std::to_string(std::int64_t(*found));
        return number_;
    case simdjson::dom::element_type::UINT64:
        number_ = std::to_string(std::uint64_t(*found));
        return number_;
    case simdjson::dom::element_type::DOUBLE: {
        char digits[32];
        number_.assign(digits, std::to_chars(digits, digits + sizeof digits, double(*found)).ptr);
        return number_;
    }
    default:
        return {};
    }
}

std::optional<Time> JsonText::timeAt(const FieldPath& path) const
{
    const auto found = document_->find(path);
    if (!found) return {};
    if (found->is_string()) return parseTime(std::string_view(*found));
    if (std::int64_t whole = 0; found->get_int64().get(whole) == simdjson::SUCCESS) return timeOfEpochNumber(whole);
    if (double number = 0; found->get_double().get(number) == simdjson::SUCCESS) return timeOfEpochNumber(number);
    return {};
}

} // namespace streamwright::producers
