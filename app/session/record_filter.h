// SPDX-License-Identifier: GPL-3.0-or-later
// RecordFilter: which records a person wants to see, read from one line of text. A value, immutable; any thread.
//
//   checkout                        the key or the data contains it, letter case aside; "two words" in quotes
//   page = /home    amount > 10     a field of JSON data compared: = != < <= > >= and ~ (contains)
//   order.lines[0].sku = A1         a path; one that meets a list without an index holds for any of its items
//   @key @size @sequence @part @time @NAME   facts of the record and its attributes; key, size, sequence, part and time
//                                   do without the @ where the data has no field of that name
//   a b = a and b, a or b, not a, ( )
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace streamwright {

struct FieldPath {
    struct Step {
        std::string name; // of a member, unless index is given
        std::optional<std::size_t> index;
    };
    bool fact = false; // written with an @: not looked for in the data
    std::vector<Step> steps;
};

struct FilterTerm {
    enum class Kind { All, Any, Not, Contains, Compare } kind = Kind::All;
    enum class Operator { Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual, Contains };

    std::vector<FilterTerm> parts; // All, Any; Not has one
    std::string text; // Contains: in small letters; Compare: the value as written
    FieldPath field; // Compare
    Operator is = Operator::Equal;
    std::optional<long double> number; // Compare: the value, where it is one
};

class RecordFilter {
public:
    RecordFilter() = default; // lets everything through
    // A problem says in words what is expected; its place: "character N".
    static Result<RecordFilter> parse(std::string_view text);

    bool empty() const { return root_.kind == FilterTerm::Kind::All && root_.parts.empty(); }
    const FilterTerm& root() const { return root_; }

private:
    FilterTerm root_;
};

// The number a text is as a whole.
std::optional<long double> numberOf(std::string_view text);
// For comparing regardless of case: ASCII letters only.
std::string smallLetters(std::string_view text);

} // namespace streamwright
