// SPDX-License-Identifier: GPL-3.0-or-later
// The store below a data directory: group commit, recovery at open.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <map>
#include <system_error>
#include <thread>

#include "core/base/mutex.h"
#include "core/log/data_directory.h"
#include "core/log/fact_store.h"
#include "core/log/file_log.h"
#include "core/log/log_name.h"
#include "core/log/log_recovery.h"
#include "core/log/log_store.h"

namespace streamwright {

namespace {

// Syncing waits for the disk, not for the processor; the system joins syncs that wait together.
constexpr std::size_t kMostSyncThreads = 16;

// Writes and syncs every file; all are tried, the first problem in order is told.
Result<void> writeFiles(const std::vector<FileLog::FileWrite>& writes)
{
    std::vector<Result<void>> results(writes.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < writes.size(); i = next++)
            results[i] = writes[i].file->write(writes[i].pieces);
    };
    {
        std::vector<std::jthread> threads;
        try {
            for (std::size_t i = 1; i < std::min(writes.size(), kMostSyncThreads); ++i)
                threads.emplace_back(work);
        } catch (const std::system_error&) { // no more threads to be had: fewer do it
        }
        work();
    }
    for (Result<void>& result : results) {
        if (!result) return std::move(result);
    }
    return {};
}

class FileStore final : public LogStore {
public:
    explicit FileStore(DataDirectory directory) : directory_(std::move(directory)) { }

    Result<void> recover();

    Result<std::shared_ptr<ShardLog>> log(const std::string& name) override EXCLUDES(logsMutex_);
    std::vector<std::string> logNames() const override EXCLUDES(logsMutex_);
    Result<void> removeLog(const std::string& name) override EXCLUDES(roundMutex_, logsMutex_);

    void put(const std::string& key, std::string value) override { facts_.put(key, std::move(value)); }
    void erase(const std::string& key) override { facts_.erase(key); }
    std::optional<std::string> get(const std::string& key) const override { return facts_.get(key); }
    std::map<std::string, std::string> withPrefix(const std::string& prefix) const override
    {
        return facts_.withPrefix(prefix);
    }

    Result<void> commit() override EXCLUDES(waitMutex_, roundMutex_);
    bool durable() const override { return true; }
    const std::vector<Problem>& findings() const override { return findings_; }
    ByteCount memory() const override { return ByteCount(pool_->held()); }

private:
    struct Round {
        std::vector<std::shared_ptr<FileLog>> logs;
        std::vector<FileLog::FileWrite> writes;
        std::vector<std::shared_ptr<SegmentFile>> trimmed;
        FactStore::Batch batch;
    };

    std::shared_ptr<FileLog> makeLog(const std::string& name, RecoveredLog recovered);
    Result<void> finishRemovals(const std::vector<std::string>& names, LogFiles& files) REQUIRES(roundMutex_);
    Result<void> commitRound() EXCLUDES(roundMutex_);
    Round collect() REQUIRES(roundMutex_);
    Result<void> makeDurable(const Round& round) REQUIRES(roundMutex_);

    const DataDirectory directory_;
    const std::shared_ptr<BufferPool> pool_ = std::make_shared<BufferPool>();
    const std::shared_ptr<CommitQueue> queue_ = std::make_shared<CommitQueue>();
    FactMap facts_{FactMap::Track::Changes};
    std::vector<Problem> findings_; // constant once recovered

    // Locks in this order: roundMutex_, logsMutex_, a log's; waitMutex_ is held with none of them.
    Mutex roundMutex_; // whoever works on the files
    std::unique_ptr<FactStore> factStore_ GUARDED_BY(roundMutex_);
    std::vector<std::string> forgotten_ GUARDED_BY(roundMutex_); // removed logs whose rows go with the next commit

    mutable Mutex logsMutex_;
    std::map<std::string, std::shared_ptr<FileLog>> logs_ GUARDED_BY(logsMutex_);

    Mutex waitMutex_;
    std::condition_variable_any roundEnded_;
    std::uint64_t roundsBegun_ GUARDED_BY(waitMutex_) = 0;
    std::uint64_t roundsEnded_ GUARDED_BY(waitMutex_) = 0;
};

std::shared_ptr<FileLog> FileStore::makeLog(const std::string& name, RecoveredLog recovered)
{
    return std::make_shared<FileLog>(name, segmentPathPrefix(directory_.logs(), name), std::move(recovered), queue_);
}

Result<void> FileStore::recover()
{
    const MutexLock round(roundMutex_);
    const MutexLock lock(logsMutex_);
    FactStore::Content content;
    auto opened = FactStore::open(directory_.facts(), content, findings_);
    if (!opened) return opened.problem();
    factStore_ = *std::move(opened);
    for (auto& [key, value] : content.facts)
        facts_.restore(key, std::move(value));
    auto files = listLogFiles(directory_.logs());
    if (!files) return files.problem();
    if (auto removed = finishRemovals(content.removed, *files); !removed) return removed;
    for (const auto& [name, mark] : content.marks)
        (*files)[name];
    for (const auto& [name, paths] : *files) {
        auto recovered = recoverLog(name, paths, content.marks[name], pool_, findings_);
        if (!recovered) return recovered.problem();
        logs_[name] = makeLog(name, *std::move(recovered));
    }
    return {};
}

Result<void> FileStore::finishRemovals(const std::vector<std::string>& names, LogFiles& files)
{
    for (const std::string& name : names) {
        for (const auto& [sequence, path] : files[name])
            SegmentFile::existing(path, sequence, 0)->remove();
        files.erase(name);
        forgotten_.push_back(name);
    }
    return names.empty() ? Result<void>() : directory_.syncLogs();
}

Result<std::shared_ptr<ShardLog>> FileStore::log(const std::string& name)
{
    if (auto checked = checkLogName(name); !checked) return checked.problem();
    if (queue_->failed()) return queue_->failure();
    const MutexLock lock(logsMutex_);
    auto& log = logs_[name];
    if (!log) {
        log = makeLog(name, {.run = SegmentRun(pool_, Checksum::Write)});
        log->announce();
    }
    return std::shared_ptr<ShardLog>(log);
}

std::vector<std::string> FileStore::logNames() const
{
    const MutexLock lock(logsMutex_);
    std::vector<std::string> names;
    names.reserve(logs_.size());
    for (const auto& [name, log] : logs_)
        names.push_back(name);
    return names;
}

// Durable at once: the mark of removal first, then the files; a removal cut off between is finished at the next open.
Result<void> FileStore::removeLog(const std::string& name)
{
    const MutexLock round(roundMutex_);
    if (queue_->failed()) return queue_->failure();
    std::shared_ptr<FileLog> log;
    {
        const MutexLock lock(logsMutex_);
        const auto found = logs_.find(name);
        if (found == logs_.end()) return Problem{ProblemCode::NotFound, "there is no such log", "log \"" + name + "\""};
        if (auto marked = factStore_->markRemoved(name); !marked) {
            queue_->fail(marked.problem());
            return marked;
        }
        log = found->second;
        logs_.erase(found);
    }
    for (const auto& file : log->takeFiles())
        file->remove();
    forgotten_.push_back(name);
    return directory_.syncLogs();
}

Result<void> FileStore::commit()
{
    waitMutex_.lock();
    // A round that has begun already may have missed what this caller appended: the next one cannot.
    const std::uint64_t wanted = roundsBegun_ + 1;
    while (roundsEnded_ < wanted) {
        if (roundsBegun_ > roundsEnded_) {
            roundEnded_.wait(waitMutex_);
            continue;
        }
        ++roundsBegun_;
        waitMutex_.unlock();
        if (auto done = commitRound(); !done) queue_->fail(done.problem());
        waitMutex_.lock();
        roundsEnded_ = roundsBegun_;
        roundEnded_.notify_all();
    }
    waitMutex_.unlock();
    if (queue_->failed()) return queue_->failure();
    return {};
}

FileStore::Round FileStore::collect()
{
    Round round;
    // Facts before records: a fact about a record must never be durable without the record.
    round.batch.facts = facts_.takeChanges();
    round.batch.forgotten = std::exchange(forgotten_, {});
    for (const auto& waiting : queue_->take()) {
        std::shared_ptr<FileLog> log = waiting.lock();
        if (!log) continue;
        FileLog::Part part = log->prepare();
        if (part.mark) round.batch.marks[log->name()] = *part.mark;
        std::move(part.writes.begin(), part.writes.end(), std::back_inserter(round.writes));
        std::move(part.trimmed.begin(), part.trimmed.end(), std::back_inserter(round.trimmed));
        round.logs.push_back(std::move(log));
    }
    return round;
}

Result<void> FileStore::makeDurable(const Round& round)
{
    if (auto written = writeFiles(round.writes); !written) return written;
    const bool madeFiles =
        std::any_of(round.writes.begin(), round.writes.end(), [](const auto& write) { return write.file->isNew(); });
    if (madeFiles) {
        if (auto synced = directory_.syncLogs(); !synced) return synced;
    }
    return round.batch.empty() ? Result<void>() : factStore_->write(round.batch);
}

Result<void> FileStore::commitRound()
{
    const MutexLock lock(roundMutex_);
    if (queue_->failed()) return queue_->failure();
    const Round round = collect();
    if (auto durable = makeDurable(round); !durable) {
        for (const auto& write : round.writes)
            write.file->rollback();
        return durable;
    }
    for (const auto& write : round.writes)
        write.file->confirm();
    for (const auto& log : round.logs)
        log->complete();
    for (const auto& file : round.trimmed)
        file->remove();
    return {};
}

} // namespace

Result<std::unique_ptr<LogStore>> LogStore::open(const std::string& directory)
{
    auto opened = DataDirectory::open(directory);
    if (!opened) return opened.problem();
    auto store = std::make_unique<FileStore>(*std::move(opened));
    if (auto recovered = store->recover(); !recovered) return recovered.problem();
    return std::unique_ptr<LogStore>(std::move(store));
}

} // namespace streamwright
