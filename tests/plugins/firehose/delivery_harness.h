// SPDX-License-Identifier: GPL-3.0-or-later
// A delivery stream in a running engine, between a source that puts (or is read like a stream) as a test says and a
// bucket that answers as a test says and remembers what it was sent.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/graph/pipeline_file.h"

namespace streamwright::stores {
void registerPlugin(Registry& registry);
}

namespace streamwright::firehose {

void registerPlugin(Registry& registry);

namespace test {

struct SentBatch {
    Duration at{};
    std::vector<std::string> records;
};

struct Answer {
    Duration at{};
    Receipt receipt;
};

struct PutObject {
    Duration at{};
    std::string port; // of the delivery stream: out or backup
    std::string key, data;
    std::uint32_t attempt = 1;
    Outcome outcome = Outcome::Accepted;
};

// What a test says beforehand and reads afterwards.
struct Script {
    std::vector<SentBatch> batches; // ascending times
    std::function<Outcome(Duration at, const PutObject& put)> bucket = [](Duration, const PutObject&) {
        return Outcome::Accepted;
    };

    std::vector<Answer> answers;
    std::vector<PutObject> puts;
    std::vector<std::pair<Duration, std::size_t>> windows; // of a source that is read: what it was allowed, and when

    std::vector<PutObject> stored(const std::string& port = "out") const
    {
        std::vector<PutObject> found;
        for (const PutObject& put : puts)
            if (put.outcome == Outcome::Accepted && put.port == port) found.push_back(put);
        return found;
    }
};

// Sends the batches of the script at their times: as puts, or like the shards of a stream within the window.
class ScriptedSource : public Operator {
public:
    explicit ScriptedSource(Script& script) : script_(script) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        if (!script_.batches.empty()) context.wakeAt(start_ + script_.batches.front().at);
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out").front();
        for (const Receipt& receipt : outlet.takeReceipts())
            script_.answers.push_back({context.now() - start_, receipt});
        if (outlet.subscription()) noteWindow(context, outlet.subscription()->window.batches);
        for (; next_ < script_.batches.size() && start_ + script_.batches[next_].at <= context.now() &&
               outlet.mayStart(0);
             ++next_) {
            BatchBuilder batch;
            for (const std::string& record : script_.batches[next_].records)
                batch.copy({.key = "key", .data = record, .time = start_ + script_.batches[next_].at});
            outlet.send(batch.build());
        }
        if (next_ < script_.batches.size() && outlet.mayStart(0)) context.wakeAt(start_ + script_.batches[next_].at);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    void noteWindow(Context& context, std::size_t batches)
    {
        if (script_.windows.empty() || script_.windows.back().second != batches)
            script_.windows.emplace_back(context.now() - start_, batches);
    }

    Script& script_;
    Time start_{};
    std::size_t next_ = 0;
};

class ScriptedBucket : public Operator {
public:
    explicit ScriptedBucket(Script& script) : script_(script) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        return {};
    }
    void step(Context& context) override
    {
        for (Inlet* inlet : context.inlets("in"))
            for (const Delivery& delivery : inlet->takeDeliveries()) {
                EXPECT_EQ(delivery.batch->size(), 1u);
                const Record& object = (*delivery.batch)[0];
                PutObject put{context.now() - start_, inlet->edge().fromPort, std::string(object.key),
                              std::string(object.data), delivery.attempt};
                put.outcome = script_.bucket(put.at, put);
                script_.puts.push_back(put);
                if (put.outcome == Outcome::Accepted) context.delivered(object);
                inlet->answer({delivery.id, put.outcome, {}, put.outcome == Outcome::Accepted ? "" : "InternalError"});
            }
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    Script& script_;
    Time start_{};
};

class DeliveryRun {
public:
    enum class Source { Puts, Stream };

    // bucket: the properties of a real bucket instead of the scripted one.
    DeliveryRun(Script& script, const Json& properties, Source source = Source::Puts, EngineOptions options = {},
                const std::optional<Json>& bucket = {})
    {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Puts", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "records"}]})",
            R"({"kind": "Test::Stream", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "shards"}]})",
            R"({"kind": "Test::Bucket", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "in", "direction": "in", "accepts": ["objects"]}]})"};
        const auto source_ = [&script](const NodeSetup&) { return std::make_unique<ScriptedSource>(script); };
        registry_.addKind(kKinds, "Test::Puts", source_);
        registry_.addKind(kKinds, "Test::Stream", source_);
        registry_.addKind(kKinds, "Test::Bucket",
                          [&script](const NodeSetup&) { return std::make_unique<ScriptedBucket>(script); });
        registerPlugin(registry_);
#ifdef STREAMWRIGHT_HAS_STORES
        stores::registerPlugin(registry_);
#endif

        Pipeline pipeline;
        pipeline.nodes = {{"source", source == Source::Puts ? "Test::Puts" : "Test::Stream"},
                          {"fh", "AWS::KinesisFirehose::DeliveryStream", properties},
                          {"bucket", bucket ? "AWS::S3::Bucket" : "Test::Bucket", bucket.value_or(Json::object())}};
        pipeline.edges = {{"source", "out", "fh", "in"}, {"fh", "out", "bucket", "in"}};
        if (properties.dump().find("\"S3BackupMode\":\"Enabled\"") != std::string::npos)
            pipeline.edges.push_back({"fh", "backup", "bucket", "in"});
        auto check = checkPipeline(pipeline, registry_, "");
        problems = std::move(check.problems);
        if (!problems.empty()) return;
        auto opened = Engine::open(std::move(check.plan), registry_, options);
        EXPECT_TRUE(opened) << opened.problem().text();
        engine = std::move(*opened);
    }

    // Runs on for so long. Call close() at the end for complete metrics.
    DeliveryRun& runFor(Duration duration)
    {
        const auto ran = engine->runFor(duration);
        EXPECT_TRUE(ran) << ran.problem().text();
        return *this;
    }
    DeliveryRun& close()
    {
        EXPECT_TRUE(engine->close());
        return *this;
    }
    Statistics metric(const std::string& name) const { return engine->metrics().total({"fh", "", name}); }
    std::string events() const
    {
        std::string text;
        for (const Event& event : engine->events().after(0))
            text += event.node + ": " + event.message + "\n";
        return text;
    }

    std::vector<Problem> problems;
    std::unique_ptr<Engine> engine;

private:
    Registry registry_;
};

inline Json s3(Json members) { return {{"ExtendedS3DestinationConfiguration", std::move(members)}}; }
inline Json hints(int size, int interval) { return {{"SizeInMBs", size}, {"IntervalInSeconds", interval}}; }

} // namespace test
} // namespace streamwright::firehose
