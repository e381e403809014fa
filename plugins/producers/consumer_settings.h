// SPDX-License-Identifier: GPL-3.0-or-later
// ConsumerSettings: the properties of Local::Consumer as numbers and times. WorkingHours: when the fleet works at all.
// Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "core/runtime/channel.h"

namespace streamwright::producers {

class WorkingHours {
public:
    // PausedUntil and Schedule; start: of the run.
    WorkingHours(const Json& properties, Time start);

    bool workAt(Time t) const;
    // The next moment after t at which that changes; kNever if it does not.
    Time nextChange(Time t) const;

private:
    Time start_;
    Time pausedUntil_;
    Duration every_{0}; // 0 = always
    Duration length_{0};
};

struct ConsumerSettings {
    std::size_t batchSize = 1;
    double microsPerRecord = 0;
    std::size_t workers = 1;
    bool deaggregate = true;
    double failureRate = 0;
    std::string poisonKey; // "" = none
    std::uint32_t maxAttempts = 0; // 0 = endless
    Duration base{0};
    StartPosition start;

    // Of checked properties.
    static ConsumerSettings read(const Json& properties);

    bool canFail() const { return failureRate > 0 || !poisonKey.empty(); }
    bool fails(std::string_view key, Random& random) const
    {
        return (!poisonKey.empty() && key == poisonKey) || (failureRate > 0 && random.chance(failureRate));
    }
    // How long a worker takes for so many records.
    Duration workTime(std::size_t records) const;
    // The pause before a record is tried again after so many attempts.
    Duration backOff(std::uint32_t attempts, Random& random) const;
};

// "2026-01-31T12:00:00Z" or a number of seconds since the start of the run.
std::optional<Time> timeOrSeconds(const Json& value, Time start);

} // namespace streamwright::producers
