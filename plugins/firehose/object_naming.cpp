// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/object_naming.h"

#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

namespace {

constexpr std::string_view kDefaultTimestamp = "!{timestamp:yyyy/MM/dd/HH/}";
constexpr std::string_view kDefaultErrorOutput = "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH/}";
// The version of a delivery stream's configuration; it counts UpdateDestination calls, which edits of a drawing are
// not.
constexpr const char* kVersion = "1";

// No time of day has a longer text: two digits wherever there can be two.
constexpr Time kLongestTime = Time(std::chrono::sys_days(std::chrono::year(2028) / 12 / 27)) + std::chrono::hours(23) +
                              std::chrono::minutes(59) + seconds(59);

using Role = PrefixExpression::Role;

Problem at(const char* place, Problem problem)
{
    problem.place = place;
    return problem;
}

Problem refused(const char* place, std::string message)
{
    return {ProblemCode::InvalidInput, std::move(message), place};
}

Result<PrefixExpression> parsedPrefix(const ObjectNaming::Settings& settings)
{
    auto prefix = PrefixExpression::parse(settings.prefix, Role::Prefix);
    if (!prefix) return at("/Prefix", prefix.problem());
    const bool partitions = !prefix->partitionKeys().empty();
    if (settings.dynamicPartitioning && !partitions)
        return refused("/Prefix",
                       "with dynamic partitioning Prefix must hold at least one !{partitionKeyFromQuery:KEY}");
    if (!settings.dynamicPartitioning && partitions)
        return refused("/Prefix", "!{partitionKeyFromQuery:" + prefix->partitionKeys().front() +
                                      "} needs DynamicPartitioningConfiguration.Enabled");
    if (!prefix->hasTimestamp() && !partitions)
        prefix = PrefixExpression::parse(settings.prefix + std::string(kDefaultTimestamp), Role::Prefix);
    return prefix;
}

Result<PrefixExpression> parsedErrorPrefix(const ObjectNaming::Settings& settings)
{
    constexpr const char* kPlace = "/ErrorOutputPrefix";
    if (settings.errorOutputPrefix.empty()) {
        const auto given = PrefixExpression::parse(settings.prefix, Role::Prefix);
        if (given && given->hasExpressions())
            return refused(kPlace,
                           "ErrorOutputPrefix can be absent only when Prefix holds no expressions; give one with "
                           "!{firehose:error-output-type}");
        return PrefixExpression::parse(settings.prefix + std::string(kDefaultErrorOutput), Role::ErrorOutputPrefix);
    }
    auto prefix = PrefixExpression::parse(settings.errorOutputPrefix, Role::ErrorOutputPrefix);
    if (!prefix) return at(kPlace, prefix.problem());
    if (prefix->hasExpressions() && !prefix->hasErrorOutputType())
        return refused(kPlace, "an ErrorOutputPrefix with expressions must include !{firehose:error-output-type}");
    return prefix;
}

} // namespace

Result<ObjectNaming> ObjectNaming::make(const Settings& settings)
{
    auto prefix = parsedPrefix(settings);
    if (!prefix) return prefix.problem();
    auto errorPrefix = parsedErrorPrefix(settings);
    if (!errorPrefix) return errorPrefix.problem();

    ObjectNaming naming(settings, std::move(*prefix), std::move(*errorPrefix));
    // What is too long without any partition key can never be used.
    const std::vector<std::string> noKeys(naming.partitionKeys().size());
    if (auto sample = naming.checkLength(noKeys); !sample) return at("/Prefix", sample.problem());
    Random random(0);
    if (auto sample = naming.errorKey(kLongestTime, kProcessingFailed, random); !sample)
        return at("/ErrorOutputPrefix", sample.problem());
    return naming;
}

std::string ObjectNaming::suffix(Time oldest, Random& random) const
{
    static const TimestampPattern pattern = TimestampPattern::parse("yyyy-MM-dd-HH-mm-ss").value();
    std::string out = settings_.stream + '-' + kVersion + '-';
    pattern.format(oldest, out);
    return out + '-' + randomUuid(random) + settings_.extension;
}

Result<std::string> ObjectNaming::withSuffix(Result<std::string> prefix, Time oldest, Random& random) const
{
    if (!prefix) return prefix;
    std::string key = std::move(*prefix) + suffix(oldest, random);
    if (key.size() <= kMaxObjectKeyBytes) return key;
    return Problem{ProblemCode::LimitExceeded, "the object's key has " + std::to_string(key.size()) +
                                                   " bytes; S3 takes at most " + std::to_string(kMaxObjectKeyBytes)};
}

Result<std::string> ObjectNaming::key(Time oldest, std::span<const std::string> partitionKeys, Random& random) const
{
    return withSuffix(prefix_.evaluate({oldest, partitionKeys, {}}, random), oldest, random);
}

Result<void> ObjectNaming::checkLength(std::span<const std::string> partitionKeys) const
{
    Random random(0);
    if (auto sample = key(kLongestTime, partitionKeys, random); !sample) return sample.problem();
    return {};
}

Result<std::string> ObjectNaming::errorKey(Time oldest, std::string_view errorOutputType, Random& random) const
{
    return withSuffix(errorPrefix_.evaluate({oldest, {}, errorOutputType}, random), oldest, random);
}

} // namespace streamwright::firehose
