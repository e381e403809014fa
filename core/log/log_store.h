// SPDX-License-Identifier: GPL-3.0-or-later
// LogStore: the logs and the small facts (checkpoints, shard maps, clocks) of a run, in memory or below a data directory.
// Owned by the engine; any thread may call. Group commit: commit() returns when everything appended and put before the
// call is on disk (one caller syncs for all who wait); in memory it does nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/log/shard_log.h"

namespace streamwright {

class LogStore {
public:
    virtual ~LogStore() = default;

    static std::unique_ptr<LogStore> inMemory();
    // Opens or creates the directory, recovers every log in it (cutting torn tails) and takes its lock: a second process
    // is refused. What recovery found amiss but could mend stands in findings().
    static Result<std::unique_ptr<LogStore>> open(const std::string& directory);

    // The log of that name ("NODE/SHARD", segments of [A-Za-z0-9_.-]), made if it does not exist.
    virtual Result<std::shared_ptr<ShardLog>> log(const std::string& name) = 0;
    virtual std::vector<std::string> logNames() const = 0;
    virtual Result<void> removeLog(const std::string& name) = 0;

    // Small facts, durable by the next commit(). Keys sort bytewise.
    virtual void put(const std::string& key, std::string value) = 0;
    virtual void erase(const std::string& key) = 0;
    virtual std::optional<std::string> get(const std::string& key) const = 0;
    virtual std::map<std::string, std::string> withPrefix(const std::string& prefix) const = 0;

    // A failed commit has made nothing durable that was not so before; the store refuses to work on afterwards.
    virtual Result<void> commit() = 0;
    virtual bool durable() const = 0;
    virtual const std::vector<Problem>& findings() const = 0;
    // Memory that logs hold now (segments in memory; mapped files do not count).
    virtual ByteCount memory() const = 0;
};

} // namespace streamwright
