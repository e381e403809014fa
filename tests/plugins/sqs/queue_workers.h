// SPDX-License-Identifier: GPL-3.0-or-later
// Operators for pipelines around a queue. Test::Sender sends the messages it is told at the times it is told, and notes
// the receipts; Test::Worker receives, takes its time, and fails or throttles what it is told to. Both note what they
// see by node id, for the test to read after the run.
#pragma once

#include <charconv>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/record/attributes.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::sqs {

void registerPlugin(Registry& registry);

namespace test {

struct Seen {
    std::string key, body;
    double second = 0; // since the start of the run
    std::uint32_t receives = 0;
    std::uint64_t sequence = 0;
    std::string extra;
};
// By worker.
inline std::map<std::string, std::vector<Seen>>& seen()
{
    static std::map<std::string, std::vector<Seen>> all;
    return all;
}
// By sender: "" or the reason, a record of a refused kind each.
inline std::map<std::string, std::vector<std::string>>& refusals()
{
    static std::map<std::string, std::vector<std::string>> all;
    return all;
}

class Sender : public Operator {
public:
    explicit Sender(const NodeSetup& setup) : id_(setup.id), messages_(setup.properties.at("Messages")) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        context.wakeAt(context.now());
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out").front();
        for (const Receipt& receipt : outlet.takeReceipts())
            for (const Receipt::Exception& exception : receipt.exceptions)
                refusals()[id_].push_back((exception.outcome == Outcome::Throttled ? "throttled " : "failed ") +
                                          std::string(receipt.reason));
        for (; next_ < messages_.size() && at(next_) <= context.now(); ++next_)
            send(outlet, messages_[next_], context.now());
        if (next_ < messages_.size()) context.wakeAt(at(next_));
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    Time at(std::size_t index) const
    {
        return start_ + Duration(static_cast<std::int64_t>(messages_[index].value("At", 0.0) * 1e6));
    }
    void send(Outlet& outlet, const Json& message, Time now)
    {
        BatchBuilder batch;
        const std::size_t count = message.value("Count", std::size_t{1});
        for (std::size_t i = 0; i < count; ++i) {
            std::string body = message.value("Body", "x");
            if (count > 1) body += std::to_string(i);
            body.append(message.value("Padding", std::size_t{0}), '.');
            AttributeList attributes;
            const std::string id = message.value("Id", ""), delay = message.value("Delay", ""),
                              colour = message.value("Colour", "");
            if (!id.empty()) attributes.emplace_back("MessageDeduplicationId", id);
            if (!delay.empty()) attributes.emplace_back("DelaySeconds", delay);
            if (!colour.empty()) attributes.emplace_back("Colour", colour);
            batch.copy({message.value("Key", "k"), body, encodeAttributes(attributes), now, 0});
        }
        outlet.send(batch.build());
    }

    const std::string id_;
    const Json messages_;
    Time start_{};
    std::size_t next_ = 0;
};

class Worker : public Operator {
public:
    explicit Worker(const NodeSetup& setup) : id_(setup.id), properties_(setup.properties) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        Subscription subscription;
        subscription.window.batches = properties_.at("Batches").get<std::size_t>();
        subscription.window.recordsPerBatch = properties_.at("BatchSize").get<std::size_t>();
        context.inlets("in").front()->subscribe(subscription);
        return {};
    }
    void step(Context& context) override
    {
        Inlet& inlet = *context.inlets("in").front();
        for (Delivery& delivery : inlet.takeDeliveries()) {
            lost_ += delivery.lost;
            for (const Record& record : delivery.batch->records())
                note(context, record);
            busy_.emplace(context.now() + milliseconds(properties_.at("Milliseconds").get<std::int64_t>()),
                          std::move(delivery));
        }
        while (!busy_.empty() && busy_.begin()->first <= context.now()) {
            if (!properties_.at("Silent").get<bool>()) inlet.answer(receiptFor(busy_.begin()->second));
            busy_.erase(busy_.begin());
        }
        if (!busy_.empty()) context.wakeAt(busy_.begin()->first);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    void note(Context& context, const Record& record)
    {
        const std::string_view receives = findAttribute(record.extra, "ApproximateReceiveCount").value_or("0");
        Seen one{std::string(record.key), std::string(record.data), inSeconds(context.now() - start_), 0,
                 record.sequence,         std::string(record.extra)};
        std::from_chars(receives.data(), receives.data() + receives.size(), one.receives);
        seen()[id_].push_back(std::move(one));
        context.delivered(record);
    }
    Receipt receiptFor(const Delivery& delivery) const
    {
        Receipt receipt;
        receipt.delivery = delivery.id;
        for (std::uint32_t i = 0; i < delivery.batch->size(); ++i) {
            const std::string body((*delivery.batch)[i].data);
            if (body == properties_.at("FailBody")) receipt.exceptions.push_back({i, Outcome::Failed});
            if (body == properties_.at("ThrottleBody")) receipt.exceptions.push_back({i, Outcome::Throttled});
        }
        return receipt;
    }

    const std::string id_;
    const Json properties_;
    Time start_{};
    std::multimap<Time, Delivery> busy_;
    std::uint64_t lost_ = 0;
};

inline const Registry& registry()
{
    static const Registry made = [] {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Sender", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "out", "direction": "out", "carries": "records"}],
                "fields": [{"name": "Messages", "type": "any", "default": []}], "metrics": []})",
            R"({"kind": "Test::Worker", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "in", "direction": "in", "accepts": ["messages"]}],
                "fields": [{"name": "Batches", "type": "integer", "default": 1}, {"name": "BatchSize", "type": "integer", "default": 10},
                           {"name": "Milliseconds", "type": "integer", "default": 100}, {"name": "FailBody", "type": "string", "default": "-"},
                           {"name": "ThrottleBody", "type": "string", "default": "-"}, {"name": "Silent", "type": "boolean", "default": false}],
                "metrics": []})"};
        Registry registry;
        registerPlugin(registry);
        registry.addKind(kKinds, "Test::Sender",
                         [](const NodeSetup& setup) { return std::make_unique<Sender>(setup); });
        registry.addKind(kKinds, "Test::Worker",
                         [](const NodeSetup& setup) { return std::make_unique<Worker>(setup); });
        return registry;
    }();
    return made;
}

} // namespace test
} // namespace streamwright::sqs
