// SPDX-License-Identifier: GPL-3.0-or-later
// EngineHost: the Host of the actions over a running Engine, which must outlive it. Any thread.
#pragma once

#include <map>

#include "core/api/host.h"
#include "core/base/mutex.h"
#include "core/engine/engine.h"
#include "plugins/endpoint/run_timers.h"

namespace streamwright::endpoint {

class EngineHost : public api::Host {
public:
    EngineHost(Engine& engine, std::string account, std::string region);
    ~EngineHost() override;

    Time now() const override { return engine_.liveNow(); }
    const std::string& account() const override { return account_; }
    const std::string& region() const override { return region_; }

    std::shared_ptr<Resource> find(std::string_view kind, std::string_view name) const override;
    std::vector<std::shared_ptr<Resource>> all(std::string_view kind) const override;
    std::string nodeOf(std::string_view kind, std::string_view name) const override;
    Result<std::shared_ptr<Resource>> create(std::string_view kind, const std::string& name,
                                             const Json& properties) override
    {
        return createJoined(kind, name, properties, {});
    }
    Result<std::shared_ptr<Resource>> createJoined(std::string_view kind, const std::string& name,
                                                   const Json& properties, const std::vector<NewEdge>& edges) override;
    Result<void> remove(std::string_view kind, const std::string& name) override;
    Result<void> edit(std::string_view kind, const std::string& name, const Json& properties) override;

    MetricStore& metrics() const override { return engine_.metrics(); }
    LogStore& store() const override { return engine_.store(); }
    void at(Time t, std::function<void()> then) override { timers_.at(t, std::move(then)); }

protected:
    std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) override
        EXCLUDES(statesMutex_);

private:
    Result<void> settle();

    Engine& engine_;
    const std::string account_, region_;
    Mutex managing_; // one at a time makes, ends and edits
    Mutex statesMutex_;
    std::map<std::type_index, std::shared_ptr<void>> states_ GUARDED_BY(statesMutex_);
    RunTimers timers_; // last: what it calls may use the rest
};

} // namespace streamwright::endpoint
