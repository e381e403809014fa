// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/node_runtime.h"

namespace streamwright {

NodeRuntime::NodeRuntime(RunServices& services, std::uint64_t number, NodeSetup setup, std::unique_ptr<Operator> op,
                         NodeTally tally)
    : services_(services),
      number_(number),
      setup_(std::move(setup)),
      operator_(std::move(op)),
      tally_(std::move(tally))
{
}

void NodeRuntime::clearEnds()
{
    inlets_.clear();
    outlets_.clear();
}

std::function<void()> NodeRuntime::waker()
{
    return [&services = services_, number = number_] { services.wakeFromOutside(number); };
}

std::span<Inlet* const> NodeRuntime::inlets(std::string_view port)
{
    const auto found = inlets_.find(port);
    return found == inlets_.end() ? std::span<Inlet* const>{} : found->second;
}

std::span<Outlet* const> NodeRuntime::outlets(std::string_view port)
{
    const auto found = outlets_.find(port);
    return found == outlets_.end() ? std::span<Outlet* const>{} : found->second;
}

Metric& NodeRuntime::metric(std::string_view name, std::string_view part)
{
    return services_.metrics().metric({setup_.id, std::string(part), std::string(name)});
}

void NodeRuntime::runAtBarrier()
{
    for (const auto& then : std::exchange(atBarrier_, {}))
        then();
}

void NodeRuntime::delivered(const Record& record)
{
    ++tally_.recordsDelivered;
    tally_.digest.add(record.key);
    tally_.digest.add(record.data);
    tally_.digest.add(static_cast<std::uint64_t>(record.time.time_since_epoch().count()) ^ (record.sequence << 20));
}

void NodeRuntime::lost(std::uint64_t records, std::string_view why)
{
    tally_.recordsLost += records;
    tally_.digest.add(why);
    tally_.digest.add(records);
}

void NodeRuntime::report(Severity severity, std::string message)
{
    services_.report(setup_.id, severity, std::move(message));
}

void NodeTally::addTo(RunningDigest& all, const std::string& node) const
{
    all.add(node);
    all.add(recordsDelivered);
    all.add(recordsLost);
    all.add(digest.value());
}

} // namespace streamwright
