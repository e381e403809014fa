// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at what a delivery stream has in its buffer, and putting by hand.
#include "core/runtime/browsable.h"
#include "plugins/firehose/limits.h"
#include "tests/support/pipeline_run.h"
#include "tests/support/test_operators.h"

namespace streamwright::firehose {

void registerPlugin(Registry& registry);

namespace {

using test::openPipeline;
using test::sumOf;

const Registry& registry()
{
    static const Registry made = [] {
        Registry registry;
        registerPlugin(registry);
        test::addTestKinds(registry);
        return registry;
    }();
    return made;
}

std::unique_ptr<Engine> deliveryStream()
{
    return openPipeline(R"({"streamwright": 1, "name": "t", "nodes": [
        {"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream",
         "properties": {"ExtendedS3DestinationConfiguration": {"BufferingHints": {"IntervalInSeconds": 60}}}},
        {"id": "b", "kind": "Test::Sink"}], "edges": [{"from": "f.out", "to": "b.in"}]})",
                        registry());
}

TEST(BufferBrowser, LimitsOfTheDescriptionAreTheServices)
{
    const NodeKind& kind = registry().find("AWS::KinesisFirehose::DeliveryStream")->kind;
    EXPECT_EQ(kind.metric("BufferedBytes")->limit->value, static_cast<double>(kDefaultBufferSize.value()));
    auto engine = deliveryStream();
    ASSERT_TRUE(engine->runFor(seconds(2)));
    const auto quota = [&](const char* metric) { return sumOf(*engine, "f", kind.metric(metric)->limit->metric); };
    EXPECT_EQ(quota("IncomingBytes"), static_cast<double>(kLargeRegionQuota.bytesPerSecond.value()));
    EXPECT_EQ(quota("IncomingRecords"), static_cast<double>(kLargeRegionQuota.recordsPerSecond));
    EXPECT_EQ(quota("IncomingPutRequests"), static_cast<double>(kLargeRegionQuota.requestsPerSecond));
}

TEST(BufferBrowser, ShowsWhatWaitsUntilItIsDelivered)
{
    auto engine = deliveryStream();
    const auto browsable = engine->browsable("f");
    ASSERT_TRUE(browsable->takesRecords());
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(browsable->send({"", "record " + std::to_string(i), {}}, engine->now()));
    ASSERT_TRUE(engine->runFor(seconds(30)));
    EXPECT_EQ(browsable->parts().front().records, 5u);
    const auto view = browsable->view("", engine->now());
    const auto rows = view->rows(1, 2, ByteCount(100));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].data, "record 1");
    EXPECT_EQ(rows[0].position, 1u);
    ASSERT_TRUE(engine->runFor(seconds(40)));
    EXPECT_EQ(browsable->parts().front().records, 0u);
    EXPECT_EQ(view->content(4, ByteCount(100))->plain, "record 4"); // a view keeps what it saw
    EXPECT_EQ(sumOf(*engine, "f", "IncomingRecords"), 5);
    EXPECT_EQ(sumOf(*engine, "b", "Records"), 1); // one object
}

TEST(BufferBrowser, TooLargeARecordIsRefused)
{
    auto engine = deliveryStream();
    const auto refused = engine->browsable("f")->send({"", std::string(1'024'001, 'x'), {}}, engine->now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, ProblemCode::InvalidInput);
}

TEST(BufferBrowser, ItOutlivesTheRun)
{
    auto engine = deliveryStream();
    const auto browsable = engine->browsable("f");
    const Time now = engine->now();
    engine.reset();
    EXPECT_EQ(browsable->view("", now)->count(), 0u);
    EXPECT_EQ(browsable->send({"", "late", {}}, now).problem().code, ProblemCode::Conflict);
}

} // namespace
} // namespace streamwright::firehose
