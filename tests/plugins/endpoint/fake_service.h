// SPDX-License-Identifier: GPL-3.0-or-later
// A Host without an engine and two services with an action for each way of answering. For tests of the endpoint.
#pragma once

#include <condition_variable>
#include <future>
#include <map>
#include <mutex>

#include "core/api/service.h"
#include "core/base/mutex.h"

namespace streamwright::endpoint {

// A store that says it is durable and counts its commits.
class CountingStore final : public LogStore {
public:
    Result<std::shared_ptr<ShardLog>> log(const std::string& name) override { return memory_->log(name); }
    std::vector<std::string> logNames() const override { return {}; }
    Result<void> removeLog(const std::string& name) override { return memory_->removeLog(name); }
    void put(const std::string& key, std::string value) override { memory_->put(key, std::move(value)); }
    void erase(const std::string& key) override { memory_->erase(key); }
    std::optional<std::string> get(const std::string& key) const override { return memory_->get(key); }
    std::map<std::string, std::string> withPrefix(const std::string&) const override { return {}; }
    Result<void> commit() override
    {
        ++commits;
        if (fails) return Problem{ProblemCode::DiskFull, "No space is left", ""};
        return {};
    }
    bool durable() const override { return isDurable; }
    const std::vector<Problem>& findings() const override { return memory_->findings(); }
    ByteCount memory() const override { return {}; }

    std::atomic<int> commits = 0;
    std::atomic<bool> fails = false;
    bool isDurable = false;

private:
    std::unique_ptr<LogStore> memory_ = LogStore::inMemory();
};

class FakeHost final : public api::Host {
public:
    Time now() const override { return Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2)); }
    const std::string& account() const override { return account_; }
    const std::string& region() const override { return region_; }
    std::shared_ptr<Resource> find(std::string_view, std::string_view) const override { return nullptr; }
    std::vector<std::shared_ptr<Resource>> all(std::string_view) const override { return {}; }
    std::string nodeOf(std::string_view, std::string_view) const override { return ""; }
    Result<std::shared_ptr<Resource>> create(std::string_view, const std::string&, const Json&) override
    {
        return none();
    }
    Result<std::shared_ptr<Resource>> createJoined(std::string_view, const std::string&, const Json&,
                                                   const std::vector<api::NewEdge>&) override
    {
        return none();
    }
    Result<void> remove(std::string_view, const std::string&) override { return none(); }
    Result<void> edit(std::string_view, const std::string&, const Json&) override { return none(); }
    MetricStore& metrics() const override { return metrics_; }
    LogStore& store() const override { return *counting; }
    void at(Time, std::function<void()>) override { }

    std::unique_ptr<CountingStore> counting = std::make_unique<CountingStore>();

protected:
    std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) override
    {
        MutexLock lock(mutex_);
        auto& state = states_[type];
        if (!state) state = make();
        return state;
    }

private:
    static Problem none() { return {ProblemCode::NotFound, "There is no engine", ""}; }

    const std::string account_ = "000000000000", region_ = "us-east-1";
    mutable MetricStore metrics_{Time{}};
    Mutex mutex_;
    std::map<std::type_index, std::shared_ptr<void>> states_;
};

// What the actions of the fake services share with a test.
struct FakeState {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::function<void()>> retries;
    std::shared_ptr<api::EventSink> sink;
    bool released = false, abandoned = false;

    template <typename Predicate>
    void await(Predicate predicate)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, predicate);
    }
};

inline api::Outcome echo(api::Call& call, api::Writer& answer)
{
    call.names(call.input().string("Text"));
    answer.beginMap();
    answer.member("Text", call.input().string("Text"));
    answer.member("Count", call.input().integer("Count"));
    answer.member("Caller", call.caller().account + " " + call.caller().region + " " + call.caller().baseUrl);
    answer.endMap();
    return api::Answered{};
}

inline std::shared_ptr<const api::Service> fakeKinesis()
{
    auto service = std::make_shared<api::Service>();
    service->name = "kinesis";
    service->targets = {"Kinesis_20131202"};
    service->cbor = true;
    service->shapes = std::make_shared<api::ShapeTable>(R"({
      "actions": {
        "Echo": {"input": "EchoInput", "output": "EchoOutput"}, "Write": {"input": "EchoInput", "output": "EchoOutput"},
        "Manage": {"input": "EchoInput", "output": "EchoOutput"}, "Wait": {"output": "EchoOutput"}, "Quiet": {}, "Partly": {},
        "Subscribe": {"output": "EchoOutput"}, "Refuse": {"output": "EchoOutput"}, "Throw": {}, "Forget": {}},
      "shapes": {
        "Text": {"type": "string", "min": 1, "max": 10}, "Count": {"type": "integer"}, "Any": {"type": "string"},
        "EchoInput": {"type": "structure", "fields": {"Text": "Text", "Count": "Count"}, "required": ["Text"]},
        "EchoOutput": {"type": "structure", "fields": {"Text": "Any", "Count": "Count", "Caller": "Any"}}}})");
    using Effect = api::Action::Effect;
    const auto wait = [](api::Call& call, api::Writer& answer) -> api::Outcome {
        const auto state = call.host().state<FakeState>();
        std::lock_guard lock(state->mutex);
        state->changed.notify_all();
        if (call.abandoned()) state->abandoned = true;
        if (call.abandoned() || state->released) {
            answer.beginMap();
            answer.member("Text", "released");
            answer.endMap();
            return api::Answered{};
        }
        answer.beginMap();
        answer.key("dropped");
        state->retries.push_back(call.retry());
        return api::Later{};
    };
    const auto subscribe = [](api::Call& call, api::Writer&) -> api::Outcome {
        const auto state = call.host().state<FakeState>();
        std::lock_guard lock(state->mutex);
        state->sink = call.events();
        state->sink->event("Early", [](api::Writer& into) { into.beginMap(), into.member("n", 1), into.endMap(); });
        state->changed.notify_all();
        return api::Streaming{};
    };
    service->actions = {
        {"Echo", Effect::Reads, echo},
        {"Write", Effect::Writes, echo},
        {"Manage", Effect::Manages, echo},
        {"Quiet", Effect::Reads, [](api::Call&, api::Writer&) -> api::Outcome { return api::Answered{}; }},
        {"Partly", Effect::Reads,
         [](api::Call& call, api::Writer&) -> api::Outcome {
             call.notes("3 of 10 entries failed: Slow");
             return api::Answered{};
         }},
        {"Wait", Effect::Reads, wait},
        {"Subscribe", Effect::Reads, subscribe},
        {"Refuse", Effect::Reads,
         [](api::Call&, api::Writer& answer) -> api::Outcome {
             answer.beginMap();
             return api::ApiError{.code = "ResourceNotFoundException",
                                  .message = "Stream s under account 1 not found.",
                                  .reason = "gone"};
         }},
        {"Throw", Effect::Reads,
         [](api::Call&, api::Writer&) -> api::Outcome { throw std::runtime_error("our own mistake"); }},
        {"Forget", Effect::Reads, [](api::Call&, api::Writer&) -> api::Outcome { return api::Later{}; }},
    };
    return service;
}

inline std::shared_ptr<const api::Service> fakeSqs()
{
    auto service = std::make_shared<api::Service>();
    service->name = "sqs";
    service->targets = {"AmazonSQS"};
    service->jsonVersion = "1.0";
    service->queryVersion = "2012-11-05";
    service->xmlNamespace = "http://queue.amazonaws.com/doc/2012-11-05/";
    service->errorNamespace = "com.amazonaws.sqs#";
    service->shapes = std::make_shared<api::ShapeTable>(R"({
      "actions": {
        "Send": {"input": "SendInput", "output": "SendOutput", "resultWrapper": "SendResult"},
        "Purge": {"input": "SendInput"}, "Refuse": {"input": "SendInput"}},
      "shapes": {
        "Text": {"type": "string"},
        "SendInput": {"type": "structure", "fields": {"QueueUrl": "Text", "Body": "Text"}, "required": ["QueueUrl"]},
        "SendOutput": {"type": "structure", "fields": {"Url": "Text", "Body": "Text"}}}})");
    using Effect = api::Action::Effect;
    service->actions = {
        {"Send", Effect::Writes,
         [](api::Call& call, api::Writer& answer) -> api::Outcome {
             answer.beginMap();
             answer.member("Url", call.input().string("QueueUrl"));
             answer.member("Body", call.input().string("Body"));
             answer.endMap();
             return api::Answered{};
         }},
        {"Purge", Effect::Writes, [](api::Call&, api::Writer&) -> api::Outcome { return api::Answered{}; }},
        {"Refuse", Effect::Reads,
         [](api::Call& call, api::Writer&) -> api::Outcome {
             api::ApiError error{.code = "QueueDoesNotExist",
                                 .message = "The specified queue <x> does not exist.",
                                 .queryCode = "AWS.SimpleQueueService.NonExistentQueue"};
             if (call.input().has("Body")) error.queryStatus = 404;
             return error;
         }},
    };
    return service;
}

} // namespace streamwright::endpoint
