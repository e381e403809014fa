// SPDX-License-Identifier: GPL-3.0-or-later
// The store in memory: logs and facts that end with it.
#include "core/base/mutex.h"
#include "core/log/fact_map.h"
#include "core/log/log_name.h"
#include "core/log/log_store.h"
#include "core/log/segment_log.h"

namespace streamwright {

namespace {

class MemoryLog final : public SegmentLog {
public:
    MemoryLog(std::string name, std::shared_ptr<BufferPool> pool)
        : SegmentLog(std::move(name), SegmentRun(std::move(pool), Checksum::Skip))
    {
    }

    Result<std::uint64_t> append(const Record& record) override
    {
        const MutexLock lock(mutex_);
        if (!accepts(record)) return refusal();
        return take(record);
    }

    void trim(std::uint64_t position) override
    {
        std::vector<Segment> gone; // let go after the lock
        const MutexLock lock(mutex_);
        gone = run_.trim(position);
    }
};

class MemoryStore final : public LogStore {
public:
    Result<std::shared_ptr<ShardLog>> log(const std::string& name) override
    {
        if (auto checked = checkLogName(name); !checked) return checked.problem();
        const MutexLock lock(mutex_);
        auto& log = logs_[name];
        if (!log) log = std::make_shared<MemoryLog>(name, pool_);
        return std::shared_ptr<ShardLog>(log);
    }

    std::vector<std::string> logNames() const override
    {
        const MutexLock lock(mutex_);
        std::vector<std::string> names;
        names.reserve(logs_.size());
        for (const auto& [name, log] : logs_)
            names.push_back(name);
        return names;
    }

    Result<void> removeLog(const std::string& name) override
    {
        const MutexLock lock(mutex_);
        const auto found = logs_.find(name);
        if (found == logs_.end()) return Problem{ProblemCode::NotFound, "there is no such log", "log \"" + name + "\""};
        found->second->retire();
        logs_.erase(found);
        return {};
    }

    void put(const std::string& key, std::string value) override { facts_.put(key, std::move(value)); }
    void erase(const std::string& key) override { facts_.erase(key); }
    std::optional<std::string> get(const std::string& key) const override { return facts_.get(key); }
    std::map<std::string, std::string> withPrefix(const std::string& prefix) const override
    {
        return facts_.withPrefix(prefix);
    }

    Result<void> commit() override { return {}; }
    bool durable() const override { return false; }
    const std::vector<Problem>& findings() const override { return findings_; }
    ByteCount memory() const override { return ByteCount(pool_->held()); }

private:
    const std::shared_ptr<BufferPool> pool_ = std::make_shared<BufferPool>();
    const std::vector<Problem> findings_{};
    FactMap facts_;
    mutable Mutex mutex_;
    std::map<std::string, std::shared_ptr<MemoryLog>> logs_ GUARDED_BY(mutex_);
};

} // namespace

std::unique_ptr<LogStore> LogStore::inMemory() { return std::make_unique<MemoryStore>(); }

} // namespace streamwright
