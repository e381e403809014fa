// SPDX-License-Identifier: GPL-3.0-or-later
// PrefixExpression: an S3 prefix with expressions of the form !{namespace:value}, parsed once, evaluated for every
// object (shared/spec/destinations.md, section 1). A value; any thread; the Random is the caller's.
//   timestamp:PATTERN            arrival time of the oldest record in the object, UTC (timestamp_pattern.h)
//   firehose:random-string       11 characters, new for every use
//   firehose:error-output-type   in an ErrorOutputPrefix only
//   partitionKeyFromQuery:KEY    in a Prefix only: the value of that key of the MetadataExtraction query
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/random.h"
#include "plugins/firehose/timestamp_pattern.h"

namespace streamwright::firehose {

class PrefixExpression {
public:
    enum class Role { Prefix, ErrorOutputPrefix };
    static Result<PrefixExpression> parse(std::string_view text, Role role);

    struct Input {
        Time oldest{}; // arrival of the oldest record in the object
        std::span<const std::string> partitionKeys; // values in the order of partitionKeys()
        std::string_view errorOutputType; // for an ErrorOutputPrefix
    };
    // A problem: the evaluated prefix has more than 512 characters.
    Result<std::string> evaluate(const Input& input, Random& random) const;

    bool hasExpressions() const;
    bool hasTimestamp() const;
    bool hasErrorOutputType() const;
    // The keys it uses, each once, in the order of their first use.
    const std::vector<std::string>& partitionKeys() const { return partitionKeys_; }

private:
    struct RandomString { };
    struct ErrorOutputType { };
    struct PartitionKey {
        std::size_t index; // into partitionKeys_
    };
    using Part = std::variant<std::string, TimestampPattern, RandomString, ErrorOutputType, PartitionKey>;

    Result<void> addExpression(std::string_view expression, Role role);
    template <typename T>
    bool has() const;

    std::vector<Part> parts_;
    std::vector<std::string> partitionKeys_;
};

// A version 4 UUID from the run's random numbers.
std::string randomUuid(Random& random);

} // namespace streamwright::firehose
