// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/tap_browser.h"

#include "app/session/record_search.h"
#include "tests/app/session/run_fixture.h"

namespace streamwright {

namespace {

constexpr auto kEdge = "site.out>clicks.in";

std::unique_ptr<Engine> started()
{
    return test::ran(
        R"({"id": "site", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100, "Template": {"page": "/home"}}},
           {"id": "clicks", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}})",
        R"({"from": "site.out", "to": "clicks.in"})", seconds(1));
}

// Records that the edge has carried so far, as the engine counts them.
std::uint64_t carried(Engine& engine)
{
    return static_cast<std::uint64_t>(engine.flows().total({kEdge, "", "Records"}).sum);
}

} // namespace

TEST(TapBrowser, ShowsWhatPassedSinceTheTapOldestFirst)
{
    auto engine = started();
    ASSERT_TRUE(engine);
    EXPECT_EQ(browseTap(*engine, kEdge)->view("", engine->now())->count(), 0u);
    const Time tapped = engine->now();
    const std::uint64_t before = carried(*engine);
    engine->tap(kEdge, kTappedRecords);
    ASSERT_TRUE(engine->runFor(seconds(4)));

    const auto browser = browseTap(*engine, kEdge);
    const auto view = browser->view("", engine->now());
    ASSERT_EQ(view->count(), carried(*engine) - before);
    EXPECT_NEAR(static_cast<double>(view->count()), 400, 20) << "a tick's records at either end";
    const std::vector<BrowseRow> rows = view->rows(0, 1000, ByteCount(6));
    ASSERT_EQ(rows.size(), view->count());
    EXPECT_GE(rows.front().time, tapped);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        EXPECT_LE(rows[i - 1].time, rows[i].time);
        EXPECT_LT(rows[i - 1].position, rows[i].position);
    }
    EXPECT_EQ(rows.back().data, R"({"page)");
    EXPECT_EQ(rows.back().size, std::string(R"({"page":"/home"})").size());
    auto content = view->content(view->count() - 1, ByteCount::kib(1));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->plain, R"({"page":"/home"})");
    EXPECT_FALSE(content->cut);
    EXPECT_FALSE(view->content(view->count(), ByteCount::kib(1)));

    const std::uint64_t middle = view->indexAt(tapped + seconds(2));
    ASSERT_LT(middle, rows.size());
    EXPECT_GE(rows[middle].time, tapped + seconds(2));
    EXPECT_LT(rows[middle - 1].time, tapped + seconds(2));

    const auto newest = newestOf(view, 100);
    EXPECT_EQ(newest->count(), 100u);
    EXPECT_EQ(newest->rows(0, 1, ByteCount(1)).front().position, rows[rows.size() - 100].position);
    EXPECT_EQ(newest->indexAt(tapped), 0u);
    EXPECT_EQ(newest->indexAt(rows.back().time), view->indexAt(rows.back().time) - (rows.size() - 100));
    EXPECT_EQ(newestOf(view, rows.size()), view);

    std::uint64_t all = 0;
    for (const BrowsePart& part : browser->parts())
        all += browser->view(part.name, engine->now())->count();
    EXPECT_EQ(all, view->count());
    EXPECT_FALSE(browser->takesRecords());
    EXPECT_FALSE(browser->send({}, engine->now()));
}

TEST(TapBrowser, ALaterViewFollowsFromAnEarlierOneAlsoWhenNothingOfItIsLeft)
{
    auto engine = started();
    ASSERT_TRUE(engine);
    engine->tap(kEdge, 150);
    ASSERT_TRUE(engine->runFor(seconds(2)));
    const auto earlier = browseTap(*engine, kEdge)->view("", engine->now());
    const std::uint64_t before = carried(*engine);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    const auto later = browseTap(*engine, kEdge)->view("", engine->now());
    const BrowseShift shift = shiftBetween(*earlier, *later);
    EXPECT_TRUE(shift.inOrder);
    EXPECT_GT(shift.added, 0u);
    EXPECT_EQ(shift.added - shift.taken, carried(*engine) - before);
    EXPECT_EQ(earlier->count() - shift.left + shift.added, later->count());

    ASSERT_TRUE(engine->runFor(seconds(5)));
    const auto other = browseTap(*engine, kEdge)->view("", engine->now());
    const BrowseShift all = shiftBetween(*earlier, *other);
    EXPECT_TRUE(all.inOrder);
    EXPECT_EQ(all.left, earlier->count());
    EXPECT_EQ(all.added, other->count());
    // What an older view holds stays readable.
    EXPECT_EQ(earlier->rows(0, 1, ByteCount(100)).front().data, R"({"page":"/home"})");

    engine->untap(kEdge);
    EXPECT_EQ(browseTap(*engine, kEdge)->view("", engine->now())->count(), 0u);
}

TEST(TapBrowser, ObjectsThatWereCompressedOnTheWayAreShownAsTextAndFound)
{
    constexpr auto kObjects = "ship.out>archive.in";
    auto engine = test::ran(
        R"({"id": "site", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 50, "Template": {"page": "/home"}}},
           {"id": "ship", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {"ExtendedS3DestinationConfiguration":
             {"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 5}, "CompressionFormat": "GZIP"}}},
           {"id": "archive", "kind": "AWS::S3::Bucket"})",
        R"({"from": "site.out", "to": "ship.in"}, {"from": "ship.out", "to": "archive.in"})", seconds(1));
    ASSERT_TRUE(engine);
    engine->tap(kObjects, kTappedRecords);
    ASSERT_TRUE(engine->runFor(seconds(12)));
    const auto view = browseTap(*engine, kObjects)->view("", engine->now());
    ASSERT_GE(view->count(), 1u);
    const BrowseRow row = view->rows(0, 1, ByteCount(8)).front();
    EXPECT_EQ(row.data, R"({"page":)");
    const auto content = view->content(0, ByteCount::mib(1));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->format, "GZIP");
    EXPECT_TRUE(content->plain.starts_with(R"({"page":"/home"})")) << content->plain.substr(0, 40);
    EXPECT_EQ(content->stored.size(), row.size); // its size is that of the object
    EXPECT_TRUE(content->stored.starts_with("\x1f\x8b"));
    const auto filter = RecordFilter::parse("/home");
    ASSERT_TRUE(filter);
    EXPECT_FALSE(RecordSearch(view, *filter, 0, 1, true).run(seconds(1)).empty());
}

} // namespace streamwright
