// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/fault_plan.h"

#include <cmath>

namespace streamwright::stores {

namespace {

Duration fromSeconds(double value) { return Duration(std::llround(value * 1e6)); }

} // namespace

FaultPlan::FaultPlan(const Json& faults)
{
    for (const Json& entry : faults) {
        Fault fault;
        const auto type = entry.at("Type").get<std::string>();
        fault.type = type == "Fail" ? Type::Fail : type == "Throttle" ? Type::Throttle : Type::Slow;
        fault.from = fromSeconds(entry.value("FromSeconds", 0.0));
        fault.until = fault.from + fromSeconds(entry.at("ForSeconds").get<double>());
        fault.delay = milliseconds(entry.value("Milliseconds", std::int64_t{0}));
        fault.share = entry.value("Share", 1.0);
        faults_.push_back(fault);
    }
}

FaultPlan::Verdict FaultPlan::verdict(Duration sinceStart, Random& random) const
{
    for (const Fault& fault : faults_) {
        if (fault.type == Type::Slow || !fault.hits(sinceStart, random)) continue;
        return fault.type == Type::Fail ? Verdict::Fails : Verdict::Throttles;
    }
    return Verdict::Works;
}

Duration FaultPlan::slowness(Duration sinceStart, Random& random) const
{
    Duration sum{};
    for (const Fault& fault : faults_)
        if (fault.type == Type::Slow && fault.hits(sinceStart, random)) sum += fault.delay;
    return sum;
}

} // namespace streamwright::stores
