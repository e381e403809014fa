// SPDX-License-Identifier: GPL-3.0-or-later
// FaultPlan: when a bucket fails, throttles or is slow, told by the property Faults; for tests of retries. Times count
// from the start of the run. A value; the Random is the caller's.
#pragma once

#include <vector>

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/units.h"

namespace streamwright::stores {

class FaultPlan {
public:
    FaultPlan() = default;
    // From the checked and complete list: [{"FromSeconds", "ForSeconds", "Type", "Milliseconds", "Share"}].
    explicit FaultPlan(const Json& faults);

    enum class Verdict { Works, Fails, Throttles };
    // What becomes of a put that is decided at this time: the first period that hits it decides.
    Verdict verdict(Duration sinceStart, Random& random) const;
    // How much longer than usual a put takes that begins at this time.
    Duration slowness(Duration sinceStart, Random& random) const;

private:
    enum class Type { Fail, Throttle, Slow };
    struct Fault {
        Duration from{}, until{};
        Type type = Type::Fail;
        Duration delay{};
        double share = 1;

        bool hits(Duration at, Random& random) const
        {
            return at >= from && at < until && (share >= 1 || random.chance(share));
        }
    };
    std::vector<Fault> faults_;
};

} // namespace streamwright::stores
