// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/node_runtime.h"

namespace streamwright {

NodeRuntime::NodeRuntime(RunServices& services, std::size_t index, NodeSetup setup, std::unique_ptr<Operator> op,
                         std::uint64_t seed)
    : services_(services),
      index_(index),
      setup_(std::move(setup)),
      operator_(std::move(op)),
      random_(seed, setup_.id)
{
}

std::function<void()> NodeRuntime::waker()
{
    return [&services = services_, index = index_] { services.wakeFromOutside(index); };
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

void NodeRuntime::delivered(const Record& record)
{
    ++recordsDelivered_;
    digest_.add(record.key);
    digest_.add(record.data);
    digest_.add(static_cast<std::uint64_t>(record.time.time_since_epoch().count()) ^ (record.sequence << 20));
}

void NodeRuntime::lost(std::uint64_t records, std::string_view why)
{
    recordsLost_ += records;
    digest_.add(why);
    digest_.add(records);
}

void NodeRuntime::report(Severity severity, std::string message)
{
    services_.report(setup_.id, severity, std::move(message));
}

void NodeRuntime::digest(RunningDigest& into) const
{
    into.add(setup_.id);
    into.add(recordsDelivered_);
    into.add(recordsLost_);
    into.add(digest_.value());
}

} // namespace streamwright
