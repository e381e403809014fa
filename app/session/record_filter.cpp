// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_filter.h"

#include <algorithm>
#include <charconv>

namespace streamwright {

namespace {

using Operator = FilterTerm::Operator;
constexpr int kMaxDepth = 50;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Sign {
    std::string_view text;
    Operator is;
};
// Longer ones first.
constexpr Sign kSigns[] = {{"==", Operator::Equal},          {"!=", Operator::Unequal}, {"<=", Operator::LessOrEqual},
                           {">=", Operator::GreaterOrEqual}, {"=", Operator::Equal},    {"<", Operator::Less},
                           {">", Operator::Greater},         {"~", Operator::Contains}};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) { }

    Result<FilterTerm> parse()
    {
        skipBlanks();
        if (atEnd()) return FilterTerm{};
        auto whole = parseAny();
        if (!whole) return whole;
        skipBlanks();
        if (!atEnd()) return refused(at_, "this bracket was never opened");
        return whole;
    }

private:
    static Problem refused(std::size_t at, const std::string& why)
    {
        return {ProblemCode::InvalidInput, why, "character " + std::to_string(at + 1)};
    }
    bool atEnd() const { return at_ == text_.size(); }
    char peek() const { return atEnd() ? '\0' : text_[at_]; }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(text_[at_]))
            ++at_;
    }
    // A word of its own: "or", not the beginning of "order" nor the field in "or = 1".
    bool takeWord(std::string_view word)
    {
        skipBlanks();
        if (smallLetters(text_.substr(at_, word.size())) != word) return false;
        std::size_t end = at_ + word.size();
        if (end < text_.size() && !isBlank(text_[end]) && text_[end] != '(') return false;
        while (end < text_.size() && isBlank(text_[end]))
            ++end;
        if (signAt(end)) return false;
        at_ = end;
        return true;
    }
    const Sign* signAt(std::size_t at) const
    {
        const auto sign =
            std::ranges::find_if(kSigns, [&](const Sign& s) { return text_.substr(at, s.text.size()) == s.text; });
        return sign == std::end(kSigns) ? nullptr : sign;
    }

    Result<FilterTerm> parseAny()
    {
        std::vector<FilterTerm> parts;
        do {
            auto part = parseAll();
            if (!part) return part;
            parts.push_back(std::move(*part));
        } while (takeWord("or"));
        return joined(FilterTerm::Kind::Any, std::move(parts));
    }
    Result<FilterTerm> parseAll()
    {
        std::vector<FilterTerm> parts;
        for (;;) {
            auto part = parseOne();
            if (!part) return part;
            parts.push_back(std::move(*part));
            const std::size_t before = at_;
            if (takeWord("and")) continue;
            if (takeWord("or")) {
                at_ = before;
                break;
            }
            skipBlanks();
            if (atEnd() || peek() == ')') break;
        }
        return joined(FilterTerm::Kind::All, std::move(parts));
    }
    static FilterTerm joined(FilterTerm::Kind kind, std::vector<FilterTerm> parts)
    {
        if (parts.size() == 1) return std::move(parts.front());
        FilterTerm term;
        term.kind = kind;
        term.parts = std::move(parts);
        return term;
    }

    Result<FilterTerm> parseOne()
    {
        skipBlanks();
        if (++depth_ > kMaxDepth) return refused(at_, "too many brackets within each other");
        Result<FilterTerm> term = atEnd() ? refused(at_, "something to look for is expected here") : parseOneAt(at_);
        --depth_;
        return term;
    }
    Result<FilterTerm> parseOneAt(std::size_t begin)
    {
        if (takeWord("not")) {
            auto inner = parseOne();
            if (!inner) return inner;
            FilterTerm term;
            term.kind = FilterTerm::Kind::Not;
            term.parts.push_back(std::move(*inner));
            return term;
        }
        if (peek() == '(') {
            ++at_;
            auto inner = parseAny();
            if (!inner) return inner;
            skipBlanks();
            if (peek() != ')') return refused(begin, "this bracket is not closed");
            ++at_;
            return inner;
        }
        if (peek() == ')') return refused(at_, "something to look for is expected before the bracket");
        return parseComparison();
    }

    Result<FilterTerm> parseComparison()
    {
        const std::size_t begin = at_;
        auto left = parseOperand(true);
        if (!left) return left.problem();
        skipBlanks();
        FilterTerm term;
        const Sign* sign = signAt(at_);
        if (!sign) {
            term.kind = FilterTerm::Kind::Contains;
            term.text = smallLetters(left->text);
            return term;
        }
        if (left->text.empty())
            return refused(begin, "the name of a field is expected before " + std::string(sign->text));
        at_ += sign->text.size();
        skipBlanks();
        if (atEnd() || peek() == ')') return refused(at_, "a value is expected after " + std::string(sign->text));
        auto right = parseOperand(false);
        if (!right) return right.problem();
        auto field = parsePath(left->text, left->quoted, begin);
        if (!field) return field.problem();
        term.kind = FilterTerm::Kind::Compare;
        term.field = std::move(*field);
        term.is = sign->is;
        if (!right->quoted) term.number = numberOf(right->text);
        term.text = std::move(right->text);
        return term;
    }

    struct Operand {
        std::string text;
        bool quoted = false;
    };
    // A quoted text or a word; a word on the left ends at a sign too.
    Result<Operand> parseOperand(bool left)
    {
        if (peek() == '"' || peek() == '\'') return parseQuoted();
        const std::size_t begin = at_;
        while (!atEnd() && !isBlank(peek()) && peek() != ')' && !(left && (peek() == '(' || signAt(at_))))
            ++at_;
        return Operand{std::string(text_.substr(begin, at_ - begin)), false};
    }
    Result<Operand> parseQuoted()
    {
        const std::size_t begin = at_;
        const char quote = text_[at_++];
        Operand operand{"", true};
        for (; !atEnd() && peek() != quote; ++at_) {
            if (peek() == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == quote || text_[at_ + 1] == '\\')) ++at_;
            operand.text += peek();
        }
        if (atEnd()) return refused(begin, "this quote is not closed");
        ++at_;
        return operand;
    }

    // a.b[0].c; a quoted one is one name, whatever it holds.
    static Result<FieldPath> parsePath(std::string_view text, bool quoted, std::size_t place)
    {
        FieldPath path;
        if (quoted) {
            path.steps.push_back({std::string(text), {}});
            return path;
        }
        const auto wrong = [&] {
            return refused(place, "\"" + std::string(text) +
                                      "\" is not the path of a field (like order.lines[0].sku); put a text that holds "
                                      "= < > or ~ in quotes");
        };
        if (text.starts_with('@')) {
            path.fact = true;
            path.steps.push_back({std::string(text.substr(1)), {}});
            return path.steps.front().name.empty() ? Result<FieldPath>(wrong()) : path;
        }
        bool name = true; // a name is expected, not "." or "["
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == '[') {
                const std::size_t close = text.find(']', at);
                std::size_t index = 0;
                const char* end = text.data() + std::min(close, text.size());
                const auto read = std::from_chars(text.data() + at + 1, end, index);
                if (close == text.npos || read.ptr != end || read.ec != std::errc()) return wrong();
                path.steps.push_back({{}, index});
                at = close + 1;
                name = false;
                continue;
            }
            if (!name && text[at] != '.') return wrong();
            if (!name) ++at;
            const std::size_t end = std::min(text.find_first_of(".[", at), text.size());
            if (end == at || text.find_first_of("/?&:,;{}", at) < end) return wrong();
            path.steps.push_back({std::string(text.substr(at, end - at)), {}});
            at = end;
            name = false;
        }
        return path;
    }

    const std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

} // namespace

Result<RecordFilter> RecordFilter::parse(std::string_view text)
{
    auto root = Parser(text).parse();
    if (!root) return root.problem();
    RecordFilter filter;
    filter.root_ = std::move(*root);
    return filter;
}

std::optional<long double> numberOf(std::string_view text)
{
    // from_chars takes "inf" and "nan" for numbers.
    if (text.empty() || text.find_first_not_of("+-.0123456789eE") != text.npos) return {};
    if (text.front() == '+') text.remove_prefix(1);
    long double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return number;
}

std::string smallLetters(std::string_view text)
{
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

} // namespace streamwright
