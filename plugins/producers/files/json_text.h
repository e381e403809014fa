// SPDX-License-Identifier: GPL-3.0-or-later
// JsonText: checks the JSON text of one record and finds a field in it, quickly (simdjson). What it finds ends with the
// next parse(). One owner, one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/units.h"

namespace streamwright::producers {

// "user.id": the member of that very name, else the member "id" of the member "user"; a number is an index of a list.
class FieldPath {
public:
    explicit FieldPath(std::string text);
    const std::string& text() const { return text_; }
    const std::vector<std::string>& names() const { return names_; }

private:
    std::string text_;
    std::vector<std::string> names_;
};

class JsonText {
public:
    JsonText();
    ~JsonText();
    JsonText(JsonText&&) = delete;

    // What is wrong with the text; nothing when it is one well-formed value. TextWindow::kPadding bytes behind the text
    // must be readable.
    std::optional<std::string> parse(std::string_view text);
    // The text without the spaces and line breaks between its tokens, itself unchecked.
    static void minify(std::string_view text, std::string& into);

    // Of the text parsed last: a string as it is, a number or a boolean as JSON writes it.
    std::optional<std::string_view> keyAt(const FieldPath& path);
    std::optional<Time> timeAt(const FieldPath& path) const;

private:
    struct Document;
    const std::unique_ptr<Document> document_;
    std::string number_;
};

} // namespace streamwright::producers
