// SPDX-License-Identifier: GPL-3.0-or-later
// Stand-ins for the services around producers and consumers, for their tests, and a registry with both.
//   Test::Service   "in": records. Throttles the records named by its properties and notes every request.
//   Test::Shards    "out": shards. Holds the same number of records in each lane, hands them out as the window allows
//                   and notes the receipts; a throttled delivery is repeated from there. With Packed each is an
//                   aggregate of so many user records; the record Empty is an aggregate of none.
//   Test::Messages  "out": messages. A queue with a visibility timeout.
#pragma once

#include <deque>
#include <set>

#include "tests/support/aggregate_writer.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::producers {

void registerPlugin(Registry& registry);

namespace test {

using streamwright::test::aggregateOf, streamwright::test::bytesField, streamwright::test::sealed;
using streamwright::test::Users;

struct Request {
    Time at{};
    std::uint32_t attempt = 1;
    std::vector<std::string> keys, data;
    std::vector<Time> times;
    RecordBatchPtr batch;
};

// What the stand-ins of one run have seen.
struct Seen {
    std::vector<Request> requests;
    std::vector<std::pair<Time, Receipt>> receipts;
    std::vector<std::pair<Time, Lane>> sent;

    std::size_t records() const
    {
        std::size_t count = 0;
        for (const Request& request : requests)
            count += request.keys.size();
        return count;
    }
    std::vector<std::string> data() const
    {
        std::vector<std::string> all;
        for (const Request& request : requests)
            all.insert(all.end(), request.data.begin(), request.data.end());
        return all;
    }
};

class Service : public Operator {
public:
    Service(const NodeSetup& setup, Seen& seen) : properties_(setup.properties), seen_(seen) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        if (properties_.contains("Window"))
            for (Inlet* inlet : context.inlets("in"))
                inlet->subscribe({{}, {500, 100, properties_["Window"].get<std::size_t>()}});
        return {};
    }
    void step(Context& context) override
    {
        for (Inlet* inlet : context.inlets("in"))
            for (Delivery& delivery : inlet->takeDeliveries())
                take(context, *inlet, delivery);
        const auto hold = milliseconds(properties_.value("AnswerMilliseconds", 0));
        while (!open_.empty() && open_.front().first + hold <= context.now()) {
            open_.front().second.first->answer(std::move(open_.front().second.second));
            open_.pop_front();
        }
        if (!open_.empty()) context.wakeAt(open_.front().first + hold);
    }
    Result<void> apply(Context&, const Json& properties) override
    {
        properties_ = properties;
        return {};
    }

private:
    void take(Context& context, Inlet& inlet, const Delivery& delivery)
    {
        Request request{context.now(), delivery.attempt, {}, {}, {}, delivery.batch};
        Receipt receipt{delivery.id, Outcome::Accepted, {}, ""};
        const bool until = context.now() - start_ < seconds(properties_.value("RefuseUntilSeconds", 1'000'000));
        for (std::uint32_t i = 0; i < delivery.batch->size(); ++i) {
            const Record& record = (*delivery.batch)[i];
            request.keys.emplace_back(record.key);
            request.data.emplace_back(record.data);
            request.times.push_back(record.time);
            const bool refused =
                until && delivery.attempt <= properties_.value("RefuseAttempts", 0u) &&
                (!properties_.contains("RefuseKey") || record.key == properties_["RefuseKey"].get<std::string>());
            if (refused) receipt.exceptions.push_back({i, Outcome::Throttled});
            if (!refused) context.delivered(record);
        }
        if (properties_.value("RefuseWhole", false) && !receipt.exceptions.empty()) {
            receipt.exceptions.clear();
            receipt.outcome = Outcome::Failed;
            receipt.reason = "InternalFailure";
        }
        seen_.requests.push_back(std::move(request));
        open_.push_back({context.now(), {&inlet, std::move(receipt)}});
    }

    Json properties_;
    Seen& seen_;
    Time start_{};
    std::deque<std::pair<Time, std::pair<Inlet*, Receipt>>> open_;
};

class Shards : public Operator {
public:
    Shards(const NodeSetup& setup, Seen& seen)
        : lanes_(setup.properties.at("Lanes").get<std::size_t>()),
          total_(setup.properties.at("Records").get<std::size_t>()),
          lost_(setup.properties.at("Lost").get<std::uint64_t>()),
          packed_(setup.properties.at("Packed").get<std::size_t>()),
          empty_(setup.properties.at("Empty").get<std::int64_t>()),
          seen_(seen)
    {
    }
    Result<void> open(Context& context) override
    {
        arrival_ = context.now();
        positions_.assign(lanes_, 0);
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out")[0];
        for (Receipt& receipt : outlet.takeReceipts()) {
            if (receipt.outcome == Outcome::Throttled)
                positions_[sent_.at(receipt.delivery).first] = sent_.at(receipt.delivery).second;
            seen_.receipts.emplace_back(context.now(), std::move(receipt));
        }
        if (!outlet.subscription()) return;
        for (Lane lane = 0; lane < lanes_; ++lane)
            while (positions_[lane] < total_ && outlet.mayStart(lane))
                send(context, outlet, lane);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    void send(Context& context, Outlet& outlet, Lane lane)
    {
        const std::size_t from = positions_[lane];
        const std::size_t size = std::min(total_ - from, outlet.subscription()->window.recordsPerBatch);
        BatchBuilder batch(size);
        for (std::size_t i = from; i < from + size; ++i)
            batch.copy({"k" + std::to_string(i), dataOf(lane, i), {}, arrival_, i});
        positions_[lane] += size;
        Backlog behind{total_ - positions_[lane], Duration(0)};
        if (behind.records > 0) behind.age = context.now() - arrival_;
        sent_[outlet.send(batch.build(), lane, behind, std::exchange(lost_, 0))] = {lane, from};
        seen_.sent.emplace_back(context.now(), lane);
    }

    std::string dataOf(Lane lane, std::size_t i) const
    {
        const std::string data = std::to_string(lane) + ":" + std::to_string(i);
        if (static_cast<std::int64_t>(i) == empty_) return sealed(bytesField(1, "k"));
        if (packed_ == 0) return data;
        Users users;
        for (std::size_t user = 0; user < packed_; ++user)
            users.emplace_back("u" + std::to_string(user), data);
        return aggregateOf(users);
    }

    const std::size_t lanes_, total_;
    std::uint64_t lost_;
    const std::size_t packed_;
    const std::int64_t empty_; // -1: none
    Seen& seen_;
    Time arrival_{};
    std::vector<std::size_t> positions_;
    std::map<DeliveryId, std::pair<Lane, std::size_t>> sent_;
};

class Messages : public Operator {
public:
    Messages(const NodeSetup& setup, Seen& seen)
        : total_(setup.properties.at("Records").get<std::size_t>()),
          seen_(seen)
    {
    }
    Result<void> open(Context& context) override
    {
        arrival_ = context.now();
        for (std::size_t i = 0; i < total_; ++i)
            visible_.emplace(context.now(), i);
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out")[0];
        for (Receipt& receipt : outlet.takeReceipts()) {
            for (const auto& exception : receipt.exceptions)
                visible_.emplace(context.now() + seconds(30), sent_.at(receipt.delivery)[exception.index]);
            seen_.receipts.emplace_back(context.now(), std::move(receipt));
        }
        if (!outlet.subscription()) return;
        while (!visible_.empty() && visible_.begin()->first <= context.now() && outlet.mayStart(0)) {
            BatchBuilder batch;
            std::vector<std::size_t> numbers;
            while (!visible_.empty() && visible_.begin()->first <= context.now() &&
                   batch.size() < std::min<std::size_t>(10, outlet.subscription()->window.recordsPerBatch)) {
                const std::size_t number = visible_.begin()->second;
                batch.copy({"k" + std::to_string(number), std::to_string(number), {}, arrival_, number});
                numbers.push_back(number);
                visible_.erase(visible_.begin());
            }
            sent_[outlet.send(batch.build())] = numbers;
            seen_.sent.emplace_back(context.now(), 0);
        }
        if (!visible_.empty()) context.wakeAt(std::max(visible_.begin()->first, context.now() + milliseconds(1)));
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    const std::size_t total_;
    Seen& seen_;
    Time arrival_{};
    std::set<std::pair<Time, std::size_t>> visible_;
    std::map<DeliveryId, std::vector<std::size_t>> sent_;
};

inline Registry registryWith(Seen& seen)
{
    static const std::string_view kKinds[] = {
        R"({"kind": "Test::Service", "title": "", "family": "Test", "icon": "", "help": "",
            "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}],
            "fields": [{"name": "RefuseKey", "type": "string"}, {"name": "RefuseAttempts", "type": "integer", "default": 0},
                       {"name": "RefuseUntilSeconds", "type": "integer", "default": 1000000}, {"name": "RefuseWhole", "type": "boolean", "default": false},
                       {"name": "AnswerMilliseconds", "type": "integer", "default": 0}, {"name": "Window", "type": "integer"}], "metrics": []})",
        R"({"kind": "Test::Shards", "title": "", "family": "Test", "icon": "", "help": "", "keeps": true,
            "ports": [{"name": "out", "direction": "out", "carries": "shards"}],
            "fields": [{"name": "Lanes", "type": "integer", "default": 1}, {"name": "Records", "type": "integer", "default": 100},
                       {"name": "Lost", "type": "integer", "default": 0}, {"name": "Packed", "type": "integer", "default": 0},
                       {"name": "Empty", "type": "integer", "default": -1}], "metrics": []})",
        R"({"kind": "Test::Messages", "title": "", "family": "Test", "icon": "", "help": "", "keeps": true,
            "ports": [{"name": "out", "direction": "out", "carries": "messages"}],
            "fields": [{"name": "Records", "type": "integer", "default": 100}], "metrics": []})"};
    Registry registry;
    registerPlugin(registry);
    registry.addKind(kKinds, "Test::Service",
                     [&seen](const NodeSetup& setup) { return std::make_unique<Service>(setup, seen); });
    registry.addKind(kKinds, "Test::Shards",
                     [&seen](const NodeSetup& setup) { return std::make_unique<Shards>(setup, seen); });
    registry.addKind(kKinds, "Test::Messages",
                     [&seen](const NodeSetup& setup) { return std::make_unique<Messages>(setup, seen); });
    return registry;
}

// One run of two nodes: "from" -> "to".
class PairRun {
public:
    PairRun(const std::string& fromKind, Json fromProperties, const std::string& toKind, Json toProperties,
            const EngineOptions& options = {}, const std::string& folder = "")
        : registry_(registryWith(seen))
    {
        const bool records = toKind == "Test::Service";
        Json file = {{"streamwright", 1}, {"name", "pair"}};
        file["nodes"] = {{{"id", "from"}, {"kind", fromKind}, {"properties", std::move(fromProperties)}},
                         {{"id", "to"}, {"kind", toKind}, {"properties", std::move(toProperties)}}};
        file["edges"] = Json::array({{{"from", "from.out"}, {"to", "to.in"}}});
        engine = streamwright::test::openPipeline(file.dump(), registry_, options, folder);
        node_ = records ? "from" : "to";
    }

    void runFor(Duration duration) { ASSERT_TRUE(engine->runFor(duration)); }
    // Of the node under test.
    Statistics metric(const std::string& name) { return engine->metrics().total({node_, "", name}); }
    double sum(const std::string& name) { return metric(name).sum; }
    void edit(const Json& properties) { ASSERT_TRUE(engine->edit(node_, properties).empty()); }
    std::vector<std::string> events()
    {
        std::vector<std::string> messages;
        for (const Event& event : engine->events().after(0))
            messages.push_back(event.message);
        return messages;
    }

    Seen seen;
    std::unique_ptr<Engine> engine;

private:
    Registry registry_;
    std::string node_;
};

inline constexpr Time kRunStart = EngineOptions::kDefaultStart;

} // namespace test
} // namespace streamwright::producers
