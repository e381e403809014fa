// SPDX-License-Identifier: GPL-3.0-or-later
// The Kinesis API without a network: a host that owns streams over a store in memory and a clock set by hand, and calls that
// go the way of a request (JSON, validation, action, JSON), with the answer held against the action's output shape.
#pragma once

#include <gtest/gtest.h>

#include <list>

#include "core/api/decode.h"
#include "core/api/encode.h"
#include "core/api/service.h"
#include "core/plugin/registry.h"
#include "plugins/kinesis/api/service.h"
#include "plugins/kinesis/stream_operator.h"
#include "tests/support/still_call.h"

namespace streamwright::kinesis {

void registerPlugin(Registry& registry);

namespace test {

inline constexpr Time kStart{std::chrono::seconds(1'700'000'000)};

inline const Registry& registry()
{
    static const Registry made = [] {
        Registry registry;
        registerPlugin(registry);
        return registry;
    }();
    return made;
}

class FakeContext : public Context {
public:
    FakeContext(std::string id, LogStore& store, MetricStore& metrics, const Time& now)
        : id_(std::move(id)),
          store_(store),
          metrics_(metrics),
          now_(now)
    {
    }
    const std::string& nodeId() const override { return id_; }
    Time now() const override { return now_; }
    void wakeAt(Time) override { }
    std::function<void()> waker() override
    {
        return [this] { ++wakes; };
    }
    std::span<Inlet* const> inlets(std::string_view) override { return {}; }
    std::span<Outlet* const> outlets(std::string_view) override { return {}; }
    Random& random() override { return random_; }
    Metric& metric(std::string_view name, std::string_view part) override
    {
        return metrics_.metric({id_, std::string(part), std::string(name)});
    }
    LogStore& store() override { return store_; }
    std::shared_ptr<Resource> resource(std::string_view, std::string_view) const override { return nullptr; }
    void atBarrier(std::function<void()> then) override { then(); }
    const std::string& dataDirectory() const override { return none_; }
    void delivered(const Record&) override { }
    void lost(std::uint64_t, std::string_view) override { }
    void report(Severity, std::string) override { }
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) override
    {
        onThisThread(count, body);
    }

    std::atomic<int> wakes{0};

private:
    const std::string id_, none_;
    LogStore& store_;
    MetricStore& metrics_;
    const Time& now_;
    Random random_{1};
};

class FakeHost : public api::Host {
public:
    explicit FakeHost(LogStore& store) : store_(store), metrics_(kStart) { }
    ~FakeHost() override
    {
        states_.clear();
        for (auto& [name, node] : nodes_)
            node.stream->close(*node.context);
    }

    // A stream of the drawing: there from the start.
    StreamResource& draw(const std::string& name, Json properties = Json::object())
    {
        properties["Name"] = name;
        const auto& kind = registry().find(kStreamKind)->kind;
        Node& node = nodes_[name];
        node.context = std::make_unique<FakeContext>("node-" + name, store_, metrics_, time);
        NodeSetup setup;
        setup.properties = completeProperties(kind.fields, properties);
        node.properties = setup.properties;
        node.stream = std::make_unique<StreamOperator>(setup);
        const auto opened = node.stream->open(*node.context);
        EXPECT_TRUE(opened) << opened.problem().text();
        node.stream->step(*node.context);
        return *std::static_pointer_cast<StreamResource>(node.stream->resource());
    }
    FakeContext& contextOf(const std::string& name) { return *nodes_.at(name).context; }
    void step(const std::string& name) { nodes_.at(name).stream->step(contextOf(name)); }
    // What clients made is shut down and opened again over the same store.
    void restart(const std::string& name)
    {
        Node node = std::move(nodes_.at(name));
        node.stream->close(*node.context);
        nodes_.erase(name);
        draw(name, node.properties);
    }
    // Lets the time go on, calling what was asked for on the way.
    void advance(Duration by)
    {
        const Time end = time + by;
        while (const auto call = callDueAt(end))
            call();
        time = end;
    }
    std::size_t callsWaiting()
    {
        const MutexLock lock(callsMutex_);
        return calls_.size();
    }

    Time now() const override { return time; }
    const std::string& account() const override { return account_; }
    const std::string& region() const override { return region_; }
    std::shared_ptr<Resource> find(std::string_view kind, std::string_view name) const override
    {
        const auto found = nodes_.find(std::string(name));
        return kind != kStreamKind || found == nodes_.end() ? nullptr : found->second.stream->resource();
    }
    std::vector<std::shared_ptr<Resource>> all(std::string_view) const override
    {
        std::vector<std::shared_ptr<Resource>> resources;
        for (const auto& [name, node] : nodes_)
            resources.push_back(node.stream->resource());
        return resources;
    }
    std::string nodeOf(std::string_view, std::string_view name) const override { return "node-" + std::string(name); }
    Result<std::shared_ptr<Resource>> create(std::string_view, const std::string& name, const Json& properties) override
    {
        draw(name, properties);
        return nodes_.at(name).stream->resource();
    }
    Result<void> remove(std::string_view, const std::string& name) override
    {
        const auto found = nodes_.find(name);
        found->second.stream->close(*found->second.context);
        nodes_.erase(found);
        for (const auto& [key, value] : store_.withPrefix("kinesis/node-" + name + "/"))
            store_.erase(key);
        for (const std::string& log : store_.logNames())
            if (log.starts_with("node-" + name + "/")) static_cast<void>(store_.removeLog(log));
        return {};
    }
    Result<void> edit(std::string_view, const std::string& name, const Json& properties) override
    {
        Node& node = nodes_.at(name);
        Json wanted = node.properties;
        wanted.update(properties);
        if (auto done = node.stream->apply(*node.context, wanted); !done) return done;
        node.properties = wanted;
        return {};
    }
    MetricStore& metrics() const override { return metrics_; }
    LogStore& store() const override { return store_; }
    void at(Time t, std::function<void()> then) override
    {
        const MutexLock lock(callsMutex_);
        calls_.emplace_back(t, std::move(then));
    }

    double sumOf(const std::string& stream, const std::string& metric, const std::string& part = "") const
    {
        return metrics_.total({"node-" + stream, part, metric}).sum;
    }

    Time time = kStart;

protected:
    std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) override
    {
        auto& state = states_[type];
        if (!state) state = make();
        return state;
    }

private:
    struct Node {
        std::unique_ptr<FakeContext> context;
        std::unique_ptr<StreamOperator> stream;
        Json properties;
    };
    // The first that is due until then, with its time come; none left: empty.
    std::function<void()> callDueAt(Time end)
    {
        const MutexLock lock(callsMutex_);
        const auto next = std::min_element(calls_.begin(), calls_.end(),
                                           [](const auto& a, const auto& b) { return a.first < b.first; });
        if (next == calls_.end() || next->first > end) return nullptr;
        time = std::max(time, next->first);
        auto call = std::move(next->second);
        calls_.erase(next);
        return call;
    }

    const std::string account_ = "000000000000", region_ = "us-east-1";
    LogStore& store_;
    mutable MetricStore metrics_;
    std::map<std::string, Node> nodes_;
    Mutex callsMutex_;
    std::list<std::pair<Time, std::function<void()>>> calls_ GUARDED_BY(callsMutex_);
    std::map<std::type_index, std::shared_ptr<void>> states_;
};

class FakeSink : public api::EventSink {
public:
    void event(std::string_view type, const std::function<void(api::Writer&)>& payload) override
    {
        if (ended_) return;
        EXPECT_EQ(type, "SubscribeToShardEvent");
        std::string text;
        payload(*api::jsonWriter(text));
        auto json = parseJson(text);
        ASSERT_TRUE(json) << text;
        events.push_back(*json);
    }
    void end(const std::optional<api::ApiError>& error) override
    {
        if (std::exchange(ended_, true)) return;
        if (error) endedWith = error->code;
        drain();
    }
    bool ended() const override { return ended_; }
    std::size_t pending() const override { return pendingBytes; }
    void onDrained(std::function<void()> then) override { then_ = std::move(then); }
    void drain()
    {
        pendingBytes = 0;
        if (auto then = std::exchange(then_, nullptr)) then();
    }

    std::vector<Json> events;
    std::size_t pendingBytes = 0;
    std::string endedWith;

private:
    bool ended_ = false;
    std::function<void()> then_;
};

// What an answer lacks or has too much by its shape: places, one a line.
inline std::string misshapen(const Json& json, const api::Shape& shape, const std::string& place)
{
    std::string faults;
    if (shape.type == api::Shape::Type::Structure) {
        for (const auto& [name, value] : json.items()) {
            const auto* field = shape.field(name);
            faults +=
                field ? misshapen(value, *field->shape, place + "." + name) : place + "." + name + " is unknown\n";
        }
        for (const auto& field : shape.fields)
            if (field.required && !json.contains(field.name)) faults += place + "." + field.name + " is missing\n";
    } else if (shape.type == api::Shape::Type::List) {
        for (const Json& item : json)
            faults += misshapen(item, *shape.element, place + "[]");
    }
    return faults;
}

class KinesisApi : public ::testing::Test {
protected:
    static const api::Service& service()
    {
        static const api::Service made = kinesisService();
        return made;
    }

    std::variant<Json, api::ApiError> call(const std::string& name, const Json& input)
    {
        const api::Action* action = service().find(name);
        const auto* shapes = service().shapes->find(name);
        EXPECT_TRUE(action && shapes) << name;
        std::string body = input.dump(), text;
        api::Document document;
        EXPECT_TRUE(api::decodeJson(body, document));
        if (auto bad = api::validate(document, *shapes->input, api::Wire::Json)) return *bad;
        streamwright::test::StillCall call(document.root, host, caller, sink);
        const auto writer = api::jsonWriter(text);
        const api::Outcome outcome = action->run(call, *writer);
        note = call.note;
        if (const auto* error = std::get_if<api::ApiError>(&outcome)) return *error;
        if (std::holds_alternative<api::Streaming>(outcome)) return Json::object();
        EXPECT_EQ(text.empty(), shapes->output == nullptr) << name;
        if (text.empty()) return Json::object();
        auto answer = parseJson(text);
        EXPECT_TRUE(answer) << text;
        if (!answer) return Json::object();
        EXPECT_EQ(misshapen(*answer, *shapes->output, name), "");
        return *answer;
    }
    // The answer; fails the test when there is none.
    Json ok(const std::string& name, const Json& input)
    {
        auto answer = call(name, input);
        if (const auto* error = std::get_if<api::ApiError>(&answer)) {
            ADD_FAILURE() << name << ": " << error->code << ": " << error->message;
            return {};
        }
        return std::get<Json>(std::move(answer));
    }
    // "Code: text", or "" for a good answer.
    std::string fault(const std::string& name, const Json& input)
    {
        const auto answer = call(name, input);
        const auto* error = std::get_if<api::ApiError>(&answer);
        return error ? error->code + ": " + error->message : "";
    }
    std::string code(const std::string& name, const Json& input)
    {
        const std::string text = fault(name, input);
        return text.substr(0, text.find(':'));
    }

    // Past CREATING and UPDATING.
    void settle() { host.advance(kTransition); }
    std::string iterator(const std::string& stream, const std::string& type = "TRIM_HORIZON", int shard = 0)
    {
        return ok("GetShardIterator", {{"StreamName", stream},
                                       {"ShardId", shardIdOf(static_cast<ShardIndex>(shard))},
                                       {"ShardIteratorType", type}})["ShardIterator"]
            .get<std::string>();
    }
    Json get(const std::string& iterator, int limit = 10'000)
    {
        return ok("GetRecords", {{"ShardIterator", iterator}, {"Limit", limit}});
    }
    // "YQ==" is a.
    Json put(const std::string& stream, const std::string& key = "k", const std::string& data = "YQ==")
    {
        return ok("PutRecord", {{"StreamName", stream}, {"Data", data}, {"PartitionKey", key}});
    }
    std::string streamArn(const std::string& name) const
    {
        return "arn:aws:kinesis:us-east-1:000000000000:stream/" + name;
    }

    std::unique_ptr<LogStore> store = LogStore::inMemory();
    FakeHost host{*store};
    api::Caller caller{"000000000000", "us-east-1", "http://127.0.0.1:4566"};
    std::shared_ptr<FakeSink> sink = std::make_shared<FakeSink>();
    static inline thread_local std::string note; // what the thread's last call left for the request log
};

} // namespace test
} // namespace streamwright::kinesis
