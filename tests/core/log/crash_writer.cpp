// SPDX-License-Identifier: GPL-3.0-or-later
// crash_writer DIRECTORY SEED: writes to several logs and facts without end and prints a line after each commit: of
// each log its generation, first and next number then acknowledged. Made to be killed; takes up where the last one was
// killed.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/log/log_store.h"
#include "tests/core/log/crash_data.h"

namespace {

using namespace streamwright;

[[noreturn]] void fail(const Problem& problem)
{
    std::fprintf(stderr, "crash_writer: %s\n", problem.text().c_str());
    std::exit(1);
}

std::uint64_t generationOf(const LogStore& store) { return std::stoull(store.get("generation").value_or("0")); }

class CrashWriter {
public:
    CrashWriter(LogStore& store, std::uint64_t seed) : store_(store), random_(seed)
    {
        for (int i = 0; i < kCrashLogs; ++i)
            logs_.push_back(log(i));
    }

    void round()
    {
        if (random_.below(15) == 0) renew();
        for (int i = 0; i < kCrashLogs; ++i) {
            for (std::uint64_t n = random_.below(3) * random_.below(15); n > 0; --n)
                append(i);
            store_.put(crashFact(i), std::to_string(logs_[i]->next()));
            if (logs_[i]->next() - logs_[i]->first() > 2000) logs_[i]->trim(logs_[i]->next() - random_.below(1000));
        }
        std::string line;
        for (int i = 0; i < kCrashLogs; ++i) {
            const std::uint64_t generation = i == kReusedLog ? generationOf(store_) : 0;
            line += std::to_string(generation) + " " + std::to_string(logs_[i]->first()) + " " +
                    std::to_string(logs_[i]->next()) + " ";
        }
        if (auto committed = store_.commit(); !committed) fail(committed.problem());
        line.back() = '\n';
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::exit(2);
    }

private:
    std::shared_ptr<ShardLog> log(int i)
    {
        auto log = store_.log(crashLogName(i));
        if (!log) fail(log.problem());
        return *std::move(log);
    }
    void append(int i)
    {
        const std::string data = crashData(i, i == kReusedLog ? generationOf(store_) : 0, logs_[i]->next());
        if (auto appended = logs_[i]->append({.data = data}); !appended) fail(appended.problem());
    }
    // The log goes, and a new generation of it begins; the number of the generation is durable in between.
    void renew()
    {
        store_.erase(crashFact(kReusedLog));
        if (auto removed = store_.removeLog(crashLogName(kReusedLog)); !removed) fail(removed.problem());
        store_.put("generation", std::to_string(generationOf(store_) + 1));
        if (auto committed = store_.commit(); !committed) fail(committed.problem());
        logs_[kReusedLog] = log(kReusedLog);
    }

    LogStore& store_;
    Random random_;
    std::vector<std::shared_ptr<ShardLog>> logs_;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) return 2;
    auto store = LogStore::open(argv[1]);
    if (!store) fail(store.problem());
    CrashWriter writer(**store, std::strtoull(argv[2], nullptr, 10));
    while (true)
        writer.round();
}
