// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes that clients make in a run, beside the drawn ones; what the engine gives to those outside.
#include <filesystem>
#include <thread>

#include "core/engine/engine.h"
#include "core/runtime/resource.h"
#include "tests/support/pipeline_run.h"

namespace streamwright {
namespace {

// Keeps a fact and a log under its id, as streams and queues do.
class Store : public Operator {
public:
    struct Named : Resource {
        std::string text;
        int size = 0;
        const std::string& name() const override { return text; }
    };
    explicit Store(const NodeSetup& setup) : resource_(std::make_shared<Named>())
    {
        resource_->text = setup.written.contains("Name") ? setup.written["Name"].get<std::string>() : setup.id;
        resource_->size = setup.properties.at("Size").get<int>();
    }
    Result<void> open(Context& context) override
    {
        log_ = *context.store().log(context.nodeId() + "/log");
        context.metric("Found").record(static_cast<double>(log_->next()));
        context.store().put("test/" + context.nodeId() + "/fact", "kept");
        return log_->append({"key", "data", {}, context.now(), 0}) ? Result<void>() : Problem{};
    }
    void step(Context&) override { }
    Result<void> apply(Context&, const Json& properties) override
    {
        resource_->size = properties.at("Size").get<int>();
        return {};
    }
    std::shared_ptr<Resource> resource() override { return resource_; }

private:
    std::shared_ptr<Named> resource_;
    std::shared_ptr<ShardLog> log_;
};

const Registry& registry()
{
    static const Registry registry = [] {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Store", "title": "Store", "family": "Test", "icon": "", "help": "", "nameField": "Name",
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"]},
                          {"name": "out", "direction": "out", "carries": "records"}],
                "fields": [{"name": "Name", "type": "string", "live": false}, {"name": "Size", "type": "integer", "maximum": 9, "default": 1}],
                "metrics": [{"name": "Found", "unit": "Count"}]})"};
        Registry made;
        made.addKind(kKinds, "Test::Store", [](const NodeSetup& setup) { return std::make_unique<Store>(setup); });
        return made;
    }();
    return registry;
}

const std::string kDrawing =
    R"({"streamwright": 1, "nodes": [{"id": "drawn", "kind": "Test::Store", "properties": {"Name": "books"}}], "edges": []})";

PipelinePlan drawn(const std::string& text = kDrawing)
{
    return checkPipeline(readPipeline(text).pipeline, registry(), "").plan;
}

int sizeOf(Engine& engine, std::string_view name)
{
    const auto found = engine.resource("Test::Store", name);
    return found.resource ? static_cast<Store::Named&>(*found.resource).size : -1;
}

TEST(Guests, AClientFindsDrawnNodesByNameAndMakesItsOwn)
{
    auto engine = test::openPipeline(kDrawing, registry());
    EXPECT_EQ(engine->resource("Test::Store", "books").node, "drawn");
    EXPECT_FALSE(engine->resource("Test::Store", "drawn").resource);
    EXPECT_FALSE(engine->resource("Test::Other", "books").resource);

    const auto id = engine->addGuest("Test::Store", "orders", {{"Size", 5}});
    ASSERT_TRUE(id);
    EXPECT_FALSE(engine->resource("Test::Store", "orders").resource); // not before the tick
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->settle(std::chrono::milliseconds(0)));
    EXPECT_EQ(sizeOf(*engine, "orders"), 5);
    EXPECT_EQ(engine->resources("Test::Store").size(), 2u);
    EXPECT_EQ(engine->plan()->nodes.size(), 2u);
}

TEST(Guests, TheNameOfADrawnNodeIsNotItsIdAndIdsStayUnique)
{
    auto engine = test::openPipeline(kDrawing, registry());
    EXPECT_EQ(*engine->addGuest("Test::Store", "drawn", Json::object()), "drawn-2");
    EXPECT_EQ(*engine->addGuest("Test::Store", "fresh", Json::object()), "fresh");
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_EQ(engine->resource("Test::Store", "drawn").node, "drawn-2");
}

TEST(Guests, BadPropertiesAndUnknownKindsAreRefused)
{
    auto engine = test::openPipeline(kDrawing, registry());
    const auto tooMuch = engine->addGuest("Test::Store", "x", {{"Size", 10}});
    ASSERT_FALSE(tooMuch);
    EXPECT_EQ(tooMuch.problem().place, "/Size");
    EXPECT_EQ(engine->addGuest("Test::None", "x", Json::object()).problem().code, ProblemCode::NotFound);
    EXPECT_EQ(engine->removeGuest("drawn").problem().code, ProblemCode::NotFound);
}

TEST(Guests, ANewDrawingLeavesThemAndTheirEditsAlone)
{
    auto engine = test::openPipeline(kDrawing, registry());
    ASSERT_TRUE(engine->addGuest("Test::Store", "orders", {{"Size", 5}}));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->edit("orders", {{"Name", "orders"}, {"Size", 7}}).empty());
    EXPECT_TRUE(engine->rewire(drawn(R"({"streamwright": 1, "nodes": [], "edges": []})")).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_EQ(sizeOf(*engine, "books"), -1);
    EXPECT_EQ(sizeOf(*engine, "orders"), 7);
}

TEST(Guests, ThatIsRemovedLeavesNothingBehind)
{
    auto engine = test::openPipeline(kDrawing, registry());
    ASSERT_TRUE(engine->addGuest("Test::Store", "orders", Json::object()));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    ASSERT_TRUE(engine->removeGuest("orders"));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_FALSE(engine->resource("Test::Store", "orders").resource);
    EXPECT_FALSE(engine->store().get("test/orders/fact"));
    EXPECT_TRUE(engine->store().get("test/drawn/fact"));
    ASSERT_TRUE(engine->addGuest("Test::Store", "orders", Json::object()));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_EQ(test::sumOf(*engine, "orders", "Found"), 0);
}

TEST(Guests, ADurableRunHasThemAgainAsEditedLast)
{
    const std::string folder = ::testing::TempDir() + "guests";
    std::filesystem::remove_all(folder);
    EngineOptions options;
    options.dataDirectory = folder;
    {
        auto engine = test::openPipeline(kDrawing, registry(), options);
        ASSERT_TRUE(engine->addGuest("Test::Store", "orders", {{"Size", 5}}));
        ASSERT_TRUE(engine->addGuest("Test::Store", "gone", Json::object()));
        ASSERT_TRUE(engine->runFor(seconds(1)));
        EXPECT_TRUE(engine->edit("orders", {{"Name", "orders"}, {"Size", 6}}).empty());
        ASSERT_TRUE(engine->removeGuest("gone"));
        ASSERT_TRUE(engine->runFor(seconds(1)));
        ASSERT_TRUE(engine->close());
    }
    auto engine = test::openPipeline(kDrawing, registry(), options);
    EXPECT_EQ(sizeOf(*engine, "orders"), 6);
    EXPECT_FALSE(engine->resource("Test::Store", "gone").resource);
    EXPECT_EQ(test::sumOf(*engine, "orders", "Found"), 1);
}

TEST(Guests, TheyMayBeginWithEdgesWhichLastAsLongAsBothEndsDo)
{
    auto engine = test::openPipeline(kDrawing, registry());
    const auto id = engine->addGuest("Test::Store", "orders", Json::object(),
                                     {{"out", "drawn", "in"}, {"in", "drawn", "in"}, {"out", "nobody", "in"}});
    ASSERT_TRUE(id);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    ASSERT_EQ(engine->plan()->edges.size(), 1u); // the others do not fit
    EXPECT_EQ(edgeKey(engine->plan()->edges[0]), "orders.out>drawn.in");
    EXPECT_EQ(engine->plan()->nodes[0].inputs.size(), 1u);
    EXPECT_TRUE(engine->rewire(drawn(R"({"streamwright": 1, "nodes": [], "edges": []})")).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->plan()->edges.empty());
    EXPECT_TRUE(engine->resource("Test::Store", "orders").resource);
}

TEST(Guests, WhoWaitsForAChangeIsWokenWhenItIsTaken)
{
    EngineOptions options;
    options.speed = 1;
    auto engine = test::openPipeline(kDrawing, registry(), options);
    ASSERT_TRUE(engine->addGuest("Test::Store", "orders", Json::object()));
    EXPECT_FALSE(engine->settle(std::chrono::milliseconds(1))); // nothing runs
    std::thread run([&] { EXPECT_TRUE(engine->runFor(std::chrono::hours(1))); });
    EXPECT_TRUE(engine->settle(std::chrono::minutes(1)));
    EXPECT_TRUE(engine->resource("Test::Store", "orders").resource);
    EXPECT_LE(engine->now(), engine->liveNow());
    engine->stop();
    run.join();
    EXPECT_EQ(engine->now(), engine->liveNow()); // it stands still
}

} // namespace
} // namespace streamwright
