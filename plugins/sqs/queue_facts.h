// SPDX-License-Identifier: GPL-3.0-or-later
// QueueFacts: what clients have told a queue beyond the properties of its node, and when: kept as one small fact of the run's
// store. A value; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::sqs {

struct QueueFacts {
    Time created{}, modified{}; // CreatedTimestamp, LastModifiedTimestamp
    // Policy, RedriveAllowPolicy, KmsMasterKeyId, KmsDataKeyReusePeriodSeconds, SqsManagedSseEnabled: those that were set.
    std::map<std::string, std::string, std::less<>> attributes;
    std::map<std::string, std::string, std::less<>> tags;
};

std::string encode(const QueueFacts& facts);
// Facts without content when the text is none of ours.
QueueFacts decodeQueueFacts(std::string_view text);

} // namespace streamwright::sqs
