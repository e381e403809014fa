// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/prefix_expression.h"

#include <cstdio>

#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

namespace {

Problem refused(std::string message) { return {ProblemCode::InvalidInput, std::move(message)}; }

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

std::string randomUuid(Random& random)
{
    const std::uint64_t high = (random.next() & ~0xF000ull) | 0x4000ull;
    const std::uint64_t low = (random.next() & ~(0xC0ull << 56)) | (0x80ull << 56);
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0xFFFF),
                  static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xFFFF'FFFF'FFFF));
    return text;
}

Result<PrefixExpression> PrefixExpression::parse(std::string_view text, Role role)
{
    PrefixExpression prefix;
    for (std::string_view rest = text; !rest.empty();) {
        const auto start = rest.find("!{");
        if (start != 0) prefix.parts_.emplace_back(std::string(rest.substr(0, start)));
        if (start == std::string_view::npos) break;
        const auto end = rest.find('}', start);
        if (end == std::string_view::npos)
            return refused("\"!{\" begins an expression !{namespace:value}, but no \"}\" ends it in \"" +
                           std::string(text) + "\"");
        if (auto added = prefix.addExpression(rest.substr(start + 2, end - start - 2), role); !added)
            return added.problem();
        rest.remove_prefix(end + 1);
    }
    return prefix;
}

Result<void> PrefixExpression::addExpression(std::string_view expression, Role role)
{
    const std::string whole = "!{" + std::string(expression) + "}";
    const auto colon = expression.find(':');
    if (colon == std::string_view::npos || expression.find("!{") != std::string_view::npos)
        return refused(whole + " is no expression; it has the form !{namespace:value}");
    const std::string_view space = expression.substr(0, colon);
    const std::string_view value = expression.substr(colon + 1);

    if (space == "timestamp") {
        auto pattern = TimestampPattern::parse(value);
        if (!pattern) return pattern.problem();
        parts_.emplace_back(std::move(*pattern));
    } else if (space == "firehose" && value == "random-string") {
        parts_.emplace_back(RandomString{});
    } else if (space == "firehose" && value == "error-output-type") {
        if (role == Role::Prefix) return refused(whole + " can stand in ErrorOutputPrefix only");
        parts_.emplace_back(ErrorOutputType{});
    } else if (space == "firehose") {
        return refused(whole + " is unknown; the namespace firehose has random-string and error-output-type");
    } else if (space == "partitionKeyFromQuery") {
        if (role == Role::ErrorOutputPrefix) return refused(whole + " can stand in Prefix only");
        if (value.empty()) return refused(whole + " names no key of the MetadataExtraction query");
        auto known = std::find(partitionKeys_.begin(), partitionKeys_.end(), value);
        if (known == partitionKeys_.end()) known = partitionKeys_.emplace(known, value);
        parts_.emplace_back(PartitionKey{static_cast<std::size_t>(known - partitionKeys_.begin())});
    } else if (space == "partitionKeyFromLambda") {
        return refused(whole + " needs a Lambda transformation, which is not emulated; use partitionKeyFromQuery");
    } else {
        return refused(whole + " has an unknown namespace; timestamp, firehose and partitionKeyFromQuery are known");
    }
    return {};
}

Result<std::string> PrefixExpression::evaluate(const Input& input, Random& random) const
{
    std::string out;
    for (const Part& part : parts_) {
        if (const auto* literal = std::get_if<std::string>(&part))
            out += *literal;
        else if (const auto* pattern = std::get_if<TimestampPattern>(&part))
            pattern->format(input.oldest, out);
        else if (const auto* key = std::get_if<PartitionKey>(&part))
            out += input.partitionKeys[key->index];
        else if (std::holds_alternative<RandomString>(part))
            out += randomUuid(random).substr(0, kRandomStringLength);
        else
            out += input.errorOutputType;
    }
    if (characters(out) <= kMaxPrefixCharacters) return out;
    return Problem{ProblemCode::LimitExceeded, "the evaluated prefix has " + std::to_string(characters(out)) +
                                                   " characters; S3 prefixes of Firehose have at most " +
                                                   std::to_string(kMaxPrefixCharacters)};
}

template <typename T>
bool PrefixExpression::has() const
{
    return std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return std::holds_alternative<T>(part); });
}

bool PrefixExpression::hasExpressions() const
{
    return std::any_of(parts_.begin(), parts_.end(),
                       [](const Part& part) { return !std::holds_alternative<std::string>(part); });
}
bool PrefixExpression::hasTimestamp() const { return has<TimestampPattern>(); }
bool PrefixExpression::hasErrorOutputType() const { return has<ErrorOutputType>(); }

} // namespace streamwright::firehose
