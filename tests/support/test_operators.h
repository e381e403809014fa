// SPDX-License-Identifier: GPL-3.0-or-later
// Tiny operators for tests of the engine and of plugins: a source that sends numbered records, a sink that takes them.
// Kinds "Test::Source" (out carries records) and "Test::Sink" (in accepts everything).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace streamwright::test {

// Sends "Batches" batches of "Size" records, one every "EveryMilliseconds"; keys k0..k{Keys-1}.
class Source : public Operator {
public:
    explicit Source(const NodeSetup& setup) { take(setup.properties); }
    Result<void> open(Context& context) override
    {
        next_ = context.now();
        context.wakeAt(next_);
        return {};
    }
    void step(Context& context) override
    {
        for (Outlet* outlet : context.outlets("out"))
            for (const Receipt& receipt : outlet->takeReceipts()) {
                context.metric("Receipts").record(1);
                if (receipt.outcome != Outcome::Accepted) context.metric("Refused").record(1);
                context.metric("Exceptions").record(static_cast<double>(receipt.exceptions.size()));
            }
        while (sent_ < batches_ && next_ <= context.now()) {
            BatchBuilder batch(size_);
            for (std::size_t i = 0; i < size_; ++i) {
                const std::string key = "k" + std::to_string(context.random().below(keys_));
                batch.copy({key, "record " + std::to_string(number_++), {}, context.now(), 0});
            }
            const auto built = batch.build();
            for (Outlet* outlet : context.outlets("out"))
                outlet->send(built);
            ++sent_;
            next_ += every_;
        }
        if (sent_ < batches_) context.wakeAt(next_);
    }
    Result<void> apply(Context&, const Json& properties) override
    {
        take(properties);
        return {};
    }

private:
    void take(const Json& properties)
    {
        batches_ = properties.at("Batches").get<std::size_t>();
        size_ = properties.at("Size").get<std::size_t>();
        keys_ = properties.at("Keys").get<std::size_t>();
        every_ = milliseconds(properties.at("EveryMilliseconds").get<std::int64_t>());
    }
    std::size_t batches_ = 0, size_ = 0, keys_ = 1, sent_ = 0, number_ = 0;
    Duration every_{};
    Time next_{};
};

// Takes everything at once and accepts it; counts as delivered.
class Sink : public Operator {
public:
    Result<void> open(Context& context) override
    {
        for (Inlet* inlet : context.inlets("in"))
            inlet->subscribe({});
        return {};
    }
    void step(Context& context) override
    {
        for (Inlet* inlet : context.inlets("in"))
            for (const Delivery& delivery : inlet->takeDeliveries()) {
                for (const Record& record : delivery.batch->records())
                    context.delivered(record);
                context.metric("Records").record(static_cast<double>(delivery.batch->size()));
                context.metric("Lost").record(static_cast<double>(delivery.lost));
                inlet->answer({delivery.id, Outcome::Accepted, {}, ""});
            }
    }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

inline void addTestKinds(Registry& registry)
{
    static const std::string_view kKinds[] = {
        R"({"kind": "Test::Source", "title": "Source", "family": "Test", "icon": "", "help": "",
            "ports": [{"name": "out", "direction": "out", "carries": "records"}],
            "fields": [{"name": "Batches", "type": "integer", "default": 10}, {"name": "Size", "type": "integer", "default": 1, "minimum": 1, "maximum": 500},
                       {"name": "Keys", "type": "integer", "default": 100, "minimum": 1}, {"name": "EveryMilliseconds", "type": "integer", "default": 100}],
            "metrics": [{"name": "Receipts", "unit": "Count"}, {"name": "Refused", "unit": "Count"}, {"name": "Exceptions", "unit": "Count"}]})",
        R"({"kind": "Test::Sink", "title": "Sink", "family": "Test", "icon": "", "help": "",
            "ports": [{"name": "in", "direction": "in", "accepts": ["records", "shards", "messages", "objects"]}],
            "fields": [], "metrics": [{"name": "Records", "unit": "Count"}, {"name": "Lost", "unit": "Count"}]})"};
    registry.addKind(kKinds, "Test::Source", [](const NodeSetup& setup) { return std::make_unique<Source>(setup); });
    registry.addKind(kKinds, "Test::Sink", [](const NodeSetup&) { return std::make_unique<Sink>(); });
}

} // namespace streamwright::test
