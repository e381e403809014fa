// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/record_template.h"

#include "plugins/producers/ascii_writer.h"

namespace streamwright::producers {

namespace {

constexpr std::string_view kOpen = "{{", kClose = "}}", kLiteralOpen = "{{{{";

std::string escaped(std::string_view text)
{
    std::string out(text.size() * kMaxEscaped, '\0');
    out.resize(static_cast<std::size_t>(writeEscaped(out.data(), text) - out.data()));
    return out;
}

class TemplateCompiler {
public:
    explicit TemplateCompiler(std::size_t maximumKeySize) : maximumKeySize_(maximumKeySize) { }

    Result<std::vector<TemplateStep>> compile(const Json& value, const std::string& place)
    {
        if (auto done = add(value, place); !done) return done.problem();
        flush(nullptr);
        return std::move(steps_);
    }

private:
    Result<void> add(const Json& value, const std::string& place)
    {
        if (value.is_string()) return addString(value.get_ref<const std::string&>(), place);
        if (!value.is_structured()) {
            text_ += value.dump();
            return {};
        }
        text_ += value.is_object() ? '{' : '[';
        std::size_t index = 0;
        for (const auto& [key, member] : value.items()) {
            if (index > 0) text_ += ',';
            if (value.is_object()) text_.append("\"").append(escaped(key)).append("\":");
            const std::string token = value.is_object() ? pointerToken(key) : std::to_string(index);
            if (auto done = add(member, place + "/" + token); !done) return done;
            ++index;
        }
        text_ += value.is_object() ? '}' : ']';
        return {};
    }

    Result<void> addString(std::string_view text, const std::string& place)
    {
        const auto close = text.find(kClose);
        const bool alone = text.starts_with(kOpen) && !text.starts_with(kLiteralOpen) && close + 2 == text.size();
        if (!alone) text_ += '"';
        while (!text.empty()) {
            const auto open = text.find(kOpen);
            text_ += escaped(text.substr(0, open));
            if (open == text.npos) break;
            text.remove_prefix(open);
            if (text.starts_with(kLiteralOpen)) {
                text_ += kOpen;
                text.remove_prefix(kLiteralOpen.size());
                continue;
            }
            const auto end = text.find(kClose);
            if (end == text.npos)
                return bad("\"{{\" without \"}}\"; close the field, or write \"{{{{\" for two braces", place);
            auto field = makeField(text.substr(2, end - 2), maximumKeySize_);
            if (!field) return bad(field.problem().message, place);
            const GeneratedField::Form form = (*field)->form();
            if (form == GeneratedField::Form::Object && !alone)
                return bad("\"{{" + std::string(text.substr(2, end - 2)) +
                               "}}\" gives an object; let it be all of its string",
                           place);
            const bool quote = alone && form == GeneratedField::Form::Text;
            if (quote) text_ += '"';
            flush(std::move(*field));
            if (quote) text_ += '"';
            text.remove_prefix(end + 2);
        }
        if (!alone) text_ += '"';
        return {};
    }

    void flush(std::unique_ptr<GeneratedField> field)
    {
        steps_.push_back({std::move(text_), std::move(field)});
        text_.clear();
    }

    static Problem bad(std::string message, const std::string& place)
    {
        return Problem{ProblemCode::InvalidInput, std::move(message), place};
    }

    const std::size_t maximumKeySize_;
    std::string text_;
    std::vector<TemplateStep> steps_;
};

} // namespace

Result<RecordTemplate> RecordTemplate::compile(const Json& value, std::string_view place, std::size_t maximumKeySize)
{
    auto steps = TemplateCompiler(maximumKeySize).compile(value, std::string(place));
    if (!steps) return steps.problem();
    return RecordTemplate(std::move(*steps));
}

RecordTemplate::RecordTemplate(std::vector<TemplateStep> steps) : steps_(std::move(steps))
{
    for (const TemplateStep& step : steps_)
        maximumSize_ += step.text.size() + (step.field ? step.field->maximumSize() : 0);
}

char* RecordTemplate::write(char* at, const RecordFacts& facts, Random& random)
{
    for (TemplateStep& step : steps_) {
        at = writeText(at, step.text);
        if (step.field) at = step.field->write(at, facts, random);
    }
    return at;
}

} // namespace streamwright::producers
