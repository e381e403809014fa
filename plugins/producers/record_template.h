// SPDX-License-Identifier: GPL-3.0-or-later
// RecordTemplate: a JSON value whose strings may hold generated fields, {{name arguments}}, compiled once and then
// written as one line of JSON a record, without building the value. A string that is exactly one field takes the
// field's JSON type; in a longer string the field's text is put in. "{{{{" stands for two braces. One owner, one
// thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "plugins/producers/template_fields.h"

namespace streamwright::producers {

// The text before a field, then the field (none after the last text).
struct TemplateStep {
    std::string text;
    std::unique_ptr<GeneratedField> field;
};

class RecordTemplate {
public:
    // The place of a problem is place plus the JSON pointer inside the value.
    static Result<RecordTemplate> compile(const Json& value, std::string_view place, std::size_t maximumKeySize);

    // Writes one record, at most maximumSize() bytes, and returns the place behind it.
    char* write(char* at, const RecordFacts& facts, Random& random);
    std::size_t maximumSize() const { return maximumSize_; }

private:
    explicit RecordTemplate(std::vector<TemplateStep> steps);

    std::vector<TemplateStep> steps_;
    std::size_t maximumSize_ = 0;
};

} // namespace streamwright::producers
