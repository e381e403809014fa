// SPDX-License-Identifier: GPL-3.0-or-later
// ApiHost: a Host of queues over a store in memory, with a time that tests move by hand. Each queue's resource has what an
// operator does for it: woken, it serves the polls that wait and says when it wants to be called again.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "core/plugin/registry.h"
#include "plugins/sqs/queue_properties.h"
#include "plugins/sqs/queue_resource.h"
#include "tests/plugins/sqs/queue_fixture.h"

namespace streamwright::sqs {

void registerPlugin(Registry& registry);

namespace test {

class ApiHost : public api::Host {
public:
    ApiHost() { registerPlugin(registry_); }
    ~ApiHost() override
    {
        for (auto& [name, node] : nodes_)
            node.resource->close();
    }

    Time now() const override { return now_; }
    const std::string& account() const override { return account_; }
    const std::string& region() const override { return region_; }
    std::shared_ptr<Resource> find(std::string_view, std::string_view name) const override
    {
        const auto found = nodes_.find(std::string(name));
        return found == nodes_.end() ? nullptr : found->second.resource;
    }
    std::vector<std::shared_ptr<Resource>> all(std::string_view) const override
    {
        std::vector<std::shared_ptr<Resource>> all;
        for (const auto& [name, node] : nodes_)
            all.push_back(node.resource);
        return all;
    }
    std::string nodeOf(std::string_view, std::string_view name) const override { return std::string(name); }
    Result<std::shared_ptr<Resource>> create(std::string_view, const std::string& name, const Json& properties) override
    {
        if (nodes_.contains(name)) return Problem{ProblemCode::Conflict, "exists", name};
        Json written = properties;
        written["QueueName"] = name;
        const auto complete = checked(written);
        if (!complete) return complete.problem();
        nodes_[name].written = written;
        open(name);
        return std::static_pointer_cast<Resource>(nodes_[name].resource);
    }
    Result<std::shared_ptr<Resource>> createJoined(std::string_view kind, const std::string& name,
                                                   const Json& properties, const std::vector<api::NewEdge>&) override
    {
        return create(kind, name, properties);
    }
    Result<void> remove(std::string_view, const std::string& name) override
    {
        if (drawn == name) return Problem{ProblemCode::Conflict, name + " is part of the pipeline", name};
        nodes_.at(name).resource->close();
        nodes_.erase(name);
        store_->erase("sqs/" + name + "/facts");
        return store_->removeLog(name + "/queue");
    }
    Result<void> edit(std::string_view, const std::string& name, const Json& properties) override
    {
        Node& node = nodes_.at(name);
        Json written = node.written;
        for (const auto& [property, value] : properties.items())
            if (value.is_null())
                written.erase(property);
            else
                written[property] = value;
        const auto complete = checked(written);
        if (!complete) return complete.problem();
        node.written = written;
        node.resource->queue().configure(settingsOf(*complete), now_);
        setRedrive(node, *complete);
        return {};
    }
    MetricStore& metrics() const override { return metrics_; }
    LogStore& store() const override { return *store_; }
    void at(Time t, std::function<void()> then) override { timers_.emplace(t, std::move(then)); }

    // Runs what is due on the way, in order.
    void advance(Duration duration)
    {
        const Time end = now_ + duration;
        while (!timers_.empty() && timers_.begin()->first <= end) {
            auto timer = timers_.extract(timers_.begin());
            now_ = std::max(now_, timer.key());
            timer.mapped()();
        }
        now_ = end;
    }
    // The run ends and begins again over the same store.
    void restart()
    {
        for (auto& [name, node] : nodes_) {
            node.resource->close();
            node.resource.reset();
        }
        states_.clear();
        timers_.clear();
        for (auto& [name, node] : nodes_)
            open(name);
    }
    QueueResource& queue(const std::string& name) { return *nodes_.at(name).resource; }
    double sum(const std::string& queue, const std::string& metric) { return metrics_.total({queue, "", metric}).sum; }

    std::string drawn; // a queue that cannot be removed
    std::size_t wakes = 0;

protected:
    std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) override
    {
        auto& state = states_[type];
        if (!state) state = make();
        return state;
    }

private:
    struct Node {
        Json written;
        std::shared_ptr<QueueResource> resource;
    };

    Result<Json> checked(const Json& written)
    {
        const Registry::Entry& entry = *registry_.find("AWS::SQS::Queue");
        auto problems = checkProperties(entry.kind.fields, written);
        NodeSetup setup;
        if (problems.empty()) {
            setup.properties = completeProperties(entry.kind.fields, written);
            problems = entry.check(setup);
        }
        if (!problems.empty()) return problems.front();
        return setup.properties;
    }

    void open(const std::string& name)
    {
        Node& node = nodes_.at(name);
        const Json properties = *checked(node.written);
        auto opened = Queue::open({name, settingsOf(properties), *store_->log(name + "/queue"), 1}, now_);
        ASSERT_TRUE(opened) << opened.problem().text();
        const MetricSource metric = [this, name](std::string_view m) -> Metric& {
            return metrics_.metric({name, "", std::string(m)});
        };
        const auto wake = [this, name] {
            ++wakes;
            at(now_, [this, name] { step(name); });
        };
        node.resource = std::make_shared<QueueResource>(
            QueueResource::Setup{name, name, std::move(*opened), metric, *store_, wake,
                                 [this](std::string_view other) { return find({}, other); }, now_});
        setRedrive(node, properties);
    }

    static void setRedrive(Node& node, const Json& properties)
    {
        const auto policy = properties.find("RedrivePolicy");
        node.resource->setRedrive(
            {policy == properties.end() ? "" : policy->value("deadLetterTargetArn", ""), std::string()});
    }

    void step(const std::string& name)
    {
        const auto found = nodes_.find(name);
        if (found == nodes_.end()) return;
        QueueResource& resource = *found->second.resource;
        const auto asked = resource.beginStep();
        (void)resource.queue().counts(now_); // brings it to this time
        const Time next = std::min(resource.servePolls(now_, asked.called), resource.queue().nextEvent());
        resource.endStep(next);
        if (next != kNever) at(next, [this, name] { step(name); });
    }

    Registry registry_;
    Time now_ = kStart;
    const std::string account_ = "000000000000", region_ = "us-east-1";
    const std::unique_ptr<LogStore> store_ = LogStore::inMemory();
    mutable MetricStore metrics_{kStart};
    std::map<std::string, Node> nodes_;
    std::map<std::type_index, std::shared_ptr<void>> states_;
    std::multimap<Time, std::function<void()>> timers_;
};

} // namespace test
} // namespace streamwright::sqs
