// SPDX-License-Identifier: GPL-3.0-or-later
// ObjectNaming: the S3 keys of a delivery stream's objects, from Prefix, ErrorOutputPrefix and what stands behind them:
//   <evaluated prefix><stream>-<version>-<yyyy-MM-dd-HH-mm-ss>-<uuid><extension>
// with the service's rules for prefixes that are absent, lack a timestamp or contradict each other. A value; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "plugins/firehose/prefix_expression.h"

namespace streamwright::firehose {

inline constexpr const char* kProcessingFailed = "processing-failed";

class ObjectNaming {
public:
    struct Settings {
        std::string stream;
        std::string prefix; // "" = none given
        std::string errorOutputPrefix; // "" = none given
        std::string extension;
        bool dynamicPartitioning = false;
    };
    // The place of a problem is "/Prefix" or "/ErrorOutputPrefix".
    static Result<ObjectNaming> make(const Settings& settings);

    // partitionKeys: the values of partitionKeys(), in that order. oldest: arrival of the object's oldest record.
    // A problem: the prefix or the whole key is too long, which checkLength can tell beforehand, for any time.
    Result<std::string> key(Time oldest, std::span<const std::string> partitionKeys, Random& random) const;
    Result<std::string> errorKey(Time oldest, std::string_view errorOutputType, Random& random) const;
    Result<void> checkLength(std::span<const std::string> partitionKeys) const;
    const std::vector<std::string>& partitionKeys() const { return prefix_.partitionKeys(); }

private:
    ObjectNaming(Settings settings, PrefixExpression prefix, PrefixExpression errorPrefix)
        : settings_(std::move(settings)),
          prefix_(std::move(prefix)),
          errorPrefix_(std::move(errorPrefix))
    {
    }
    std::string suffix(Time oldest, Random& random) const;
    Result<std::string> withSuffix(Result<std::string> prefix, Time oldest, Random& random) const;

    Settings settings_;
    PrefixExpression prefix_, errorPrefix_;
};

} // namespace streamwright::firehose
