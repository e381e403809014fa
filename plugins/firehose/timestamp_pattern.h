// SPDX-License-Identifier: GPL-3.0-or-later
// TimestampPattern: the part of Java's DateTimeFormatter patterns that S3 prefixes use, in UTC. A value; any thread.
//   yyyy yy MM M dd d HH H mm m ss s SSS DDD (day of the year) EEE (Mon .. Sun), 'literal', '' (a quote)
// Other letters and the reserved characters [ ] { } # are refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright::firehose {

class TimestampPattern {
public:
    static Result<TimestampPattern> parse(std::string_view text);
    void format(Time time, std::string& out) const;

private:
    struct Part {
        std::string field; // "yyyy", "MM" ...; empty for a literal
        std::string literal;
    };
    std::vector<Part> parts_;
};

} // namespace streamwright::firehose
