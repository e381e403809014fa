// SPDX-License-Identifier: GPL-3.0-or-later
// The whole pipeline: throughput end to end, a day at full speed, an idle run, wake-up latency, memory of idle shards.
// Prints one table; each figure stands beside the goal and a limit measured in the same run.
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/base/digest.h"
#include "core/engine/engine.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {
namespace {

using Wall = std::chrono::steady_clock;
double secondsSince(Wall::time_point begin) { return std::chrono::duration<double>(Wall::now() - begin).count(); }

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

double residentMebibytes()
{
    std::ifstream statm("/proc/self/statm");
    long pages = 0, resident = 0;
    statm >> pages >> resident;
    return static_cast<double>(resident) * 4096 / (1 << 20);
}

// Notes the moment of each step that brings records.
struct Probe {
    std::function<void()> wake;
    std::atomic<std::int64_t> sentAt{0};
    std::vector<double> latenciesMs;
};
Probe& probe()
{
    static Probe it;
    return it;
}

class OutsideSource : public Operator {
public:
    Result<void> open(Context& context) override
    {
        probe().wake = context.waker();
        return {};
    }
    void step(Context& context) override
    {
        Outlet* outlet = context.outlets("out").front();
        outlet->takeReceipts();
        if (probe().sentAt.load() == 0 || outlet->outstanding() > 0) return;
        BatchBuilder batch(1);
        batch.copy({"key", "data", {}, context.now(), 0});
        outlet->send(batch.build());
    }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

class OutsideSink : public Operator {
public:
    Result<void> open(Context& context) override
    {
        context.inlets("in").front()->subscribe({});
        return {};
    }
    void step(Context& context) override
    {
        Inlet* inlet = context.inlets("in").front();
        for (const Delivery& delivery : inlet->takeDeliveries()) {
            const std::int64_t now = Wall::now().time_since_epoch().count();
            if (const std::int64_t sent = probe().sentAt.exchange(0))
                probe().latenciesMs.push_back(static_cast<double>(now - sent) / 1e6);
            inlet->answer({delivery.id, Outcome::Accepted, {}, ""});
        }
    }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

const Registry& registry()
{
    static const Registry made = [] {
        static const std::string_view kProbes[] = {
            R"({"kind": "Bench::Source", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "records"}]})",
            R"({"kind": "Bench::Sink", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "in", "direction": "in", "accepts": ["shards"]}]})"};
        Registry registry;
        registerBuiltins(registry);
        registry.addKind(kProbes, "Bench::Source", [](const NodeSetup&) { return std::make_unique<OutsideSource>(); });
        registry.addKind(kProbes, "Bench::Sink", [](const NodeSetup&) { return std::make_unique<OutsideSink>(); });
        return registry;
    }();
    return made;
}

std::unique_ptr<Engine> open(const std::string& text, const EngineOptions& options = {})
{
    const auto reading = readPipeline(text);
    auto check = checkPipeline(reading.pipeline, registry(), "");
    for (const Problem& problem : check.problems)
        std::fprintf(stderr, "%s\n", problem.text().c_str());
    auto engine = Engine::open(std::move(check.plan), registry(), options);
    CHECK(engine);
    return std::move(*engine);
}

double sum(Engine& engine, const char* node, const char* metric)
{
    return engine.metrics().total({node, "", metric}).sum;
}

// What one core does at best with such records: hash the key, copy key and data, hash the data.
double bareRecordsPerSecond()
{
    constexpr int kRecords = 4'000'000;
    std::vector<char> memory(64u << 20);
    std::string key = "key-0000000", data(100, 'x');
    RunningDigest digest;
    std::size_t at = 0;
    const auto begin = Wall::now();
    for (int i = 0; i < kRecords; ++i) {
        std::memcpy(key.data() + 4, &i, sizeof i);
        const Uint128 hash = md5AsUint128(key);
        if (at + 128 > memory.size()) at = 0;
        std::memcpy(memory.data() + at, key.data(), key.size());
        std::memcpy(memory.data() + at + 16, data.data(), data.size());
        digest.add(std::string_view(memory.data() + at, 111));
        digest.add(static_cast<std::uint64_t>(hash));
        at += 128;
    }
    return kRecords / secondsSince(begin) + (digest.value() == 0 ? 1 : 0);
}

void throughput()
{
    for (const unsigned threads : {1u, 2u}) {
        EngineOptions options;
        options.threads = threads;
        auto engine = open(R"({"streamwright": 1, "nodes": [
            {"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 60000, "RecordSizeBytes": 100, "PartitionKeys": {"Distribution": "Uniform", "Count": 100000}}},
            {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 64}},
            {"id": "c", "kind": "Local::Consumer", "properties": {"BatchSize": 10000, "Workers": 64}}],
            "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"}]})",
                           options);
        CHECK(engine->runFor(seconds(5)));
        const double before = sum(*engine, "c", "RecordsProcessed");
        const auto begin = Wall::now();
        CHECK(engine->runFor(seconds(120)));
        const double rate = (sum(*engine, "c", "RecordsProcessed") - before) / secondsSince(begin);
        const double bare = bareRecordsPerSecond();
        std::printf("producer -> 64 shards -> consumer, 100 B, %u thread%s  %10.0f records/s  goal 2,000,000  bare "
                    "loop on one core %.0f (ratio %.2f)  throttled %.0f\n",
                    threads, threads == 1 ? " " : "s", rate, bare, rate / bare,
                    sum(*engine, "s", "WriteProvisionedThroughputExceeded"));
    }
}

void day()
{
    auto engine = open(R"({"streamwright": 1, "nodes": [
        {"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100, "RecordSizeBytes": 100}},
        {"id": "s", "kind": "AWS::Kinesis::Stream"}, {"id": "c", "kind": "Local::Consumer", "properties": {"BatchSize": 1000}},
        {"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {"ExtendedS3DestinationConfiguration": {"CompressionFormat": "GZIP"}}},
        {"id": "b", "kind": "AWS::S3::Bucket"}],
        "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"}, {"from": "s.out", "to": "f.in"}, {"from": "f.out", "to": "b.in"}]})");
    const auto begin = Wall::now();
    const double cpu = cpuSeconds();
    CHECK(engine->runFor(std::chrono::hours(24)));
    const double wall = secondsSince(begin);
    const double records = sum(*engine, "c", "RecordsProcessed");
    std::printf("24 h, 100 records/s, consumer and Firehose (GZIP)       %8.2f s wall, %.2f s CPU  goal 10 s  %.0f "
                "records, %llu ticks, %.0f objects; bare loop %.2f s\n",
                wall, cpuSeconds() - cpu, records, static_cast<unsigned long long>(engine->ticks()),
                engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, records / bareRecordsPerSecond());
}

void idle()
{
    EngineOptions options;
    options.speed = 1;
    auto engine = open(R"({"streamwright": 1, "nodes": [
        {"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 0}}, {"id": "q", "kind": "AWS::SQS::Queue"},
        {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 16}}, {"id": "c", "kind": "Local::Consumer"}, {"id": "d", "kind": "Local::Consumer"}],
        "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"}, {"from": "q.out", "to": "d.in"}]})",
                       options);
    const double cpu = cpuSeconds();
    CHECK(engine->runFor(seconds(5)));
    std::printf("idle pipeline at 1x                                     %8.3f %% of a core  goal < 1 %%\n",
                (cpuSeconds() - cpu) / 5 * 100);
}

void wakeUp()
{
    EngineOptions options;
    options.speed = 1;
    auto engine = open(
        R"({"streamwright": 1, "nodes": [{"id": "p", "kind": "Bench::Source"}, {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 4}},
        {"id": "c", "kind": "Bench::Sink"}], "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in", "properties": {"EnhancedFanOut": true}}]})",
        options);
    std::jthread outside([](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            std::int64_t none = 0;
            if (probe().sentAt.compare_exchange_strong(none, Wall::now().time_since_epoch().count())) probe().wake();
        }
    });
    CHECK(engine->runFor(seconds(4)));
    outside.request_stop();
    outside.join();
    // The limit: how long a condition variable takes to wake a thread here.
    std::mutex mutex;
    std::condition_variable bell;
    std::int64_t rungAt = 0;
    std::vector<double> bare;
    std::jthread waiter([&] {
        std::unique_lock lock(mutex);
        while (bare.size() < 1000) {
            bell.wait(lock, [&] { return rungAt != 0; });
            bare.push_back(static_cast<double>(Wall::now().time_since_epoch().count() - std::exchange(rungAt, 0)) /
                           1e6);
        }
    });
    for (bool more = true; more;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const std::lock_guard lock(mutex);
        if (rungAt == 0) rungAt = Wall::now().time_since_epoch().count();
        more = bare.size() < 999;
        bell.notify_one();
    }
    waiter.join();
    const auto p99 = [](std::vector<double>& values) {
        std::sort(values.begin(), values.end());
        return values.at(values.size() * 99 / 100);
    };
    auto& latencies = probe().latenciesMs;
    const double ours = p99(latencies), limit = p99(bare);
    std::printf("wake-up, record in -> consumer step, 1x, p99            %8.3f ms of %zu (p50 %.3f)  goal < 5 ms  "
                "condition variable alone %.3f ms\n",
                ours, latencies.size(), latencies[latencies.size() / 2], limit);
}

void idleShards()
{
    malloc_trim(0);
    const double before = residentMebibytes();
    auto engine = open(
        R"({"streamwright": 1, "nodes": [{"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 10000}},
        {"id": "c", "kind": "Local::Consumer"}], "edges": [{"from": "s.out", "to": "c.in"}]})");
    CHECK(engine->runFor(seconds(5)));
    std::printf("10,000 idle shards with a consumer                      %8.1f MiB  goal < 100 MB\n",
                residentMebibytes() - before);
}

} // namespace
} // namespace streamwright

int main()
{
    using namespace streamwright;
    idleShards();
    mallopt(M_MMAP_THRESHOLD, 128 << 20); // as app/cli/main.cpp
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    throughput();
    day();
    idle();
    wakeUp();
}
