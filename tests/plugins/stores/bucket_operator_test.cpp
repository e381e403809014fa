// SPDX-License-Identifier: GPL-3.0-or-later
// A bucket in a running pipeline: what is stored, what is answered and when, what the metrics say.
#include "core/base/digest.h"
#include "plugins/stores/directory_store.h"
#include "tests/core/log/scratch_directory.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::stores {

void registerPlugin(Registry& registry);

namespace {

using streamwright::test::openPipeline;
using streamwright::test::runPipeline;
using streamwright::test::sumOf;

struct Answer {
    Duration at{};
    Receipt receipt;
};

// Puts "OBJECT i" under folder/i every second; remembers the answers.
class Uploader : public Operator {
public:
    Uploader(std::vector<Answer>& answers, std::size_t objects) : answers_(answers), objects_(objects) { }
    Result<void> open(Context& context) override
    {
        start_ = context.now();
        context.wakeAt(start_);
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out").front();
        for (const Receipt& receipt : outlet.takeReceipts())
            answers_.push_back({context.now() - start_, receipt});
        for (; sent_ < objects_ && start_ + seconds(static_cast<std::int64_t>(sent_)) <= context.now(); ++sent_) {
            BatchBuilder batch;
            batch.copy({.key = "folder/" + std::to_string(sent_),
                        .data = "OBJECT " + std::to_string(sent_),
                        .time = context.now()});
            outlet.send(batch.build());
        }
        if (sent_ < objects_) context.wakeAt(start_ + seconds(static_cast<std::int64_t>(sent_)));
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    std::vector<Answer>& answers_;
    const std::size_t objects_;
    std::size_t sent_ = 0;
    Time start_{};
};

struct Upload {
    explicit Upload(std::size_t objects)
    {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Uploader", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "objects"}]})"};
        registry.addKind(kKinds, "Test::Uploader",
                         [this, objects](const NodeSetup&) { return std::make_unique<Uploader>(answers, objects); });
        registerPlugin(registry);
    }
    std::string pipeline(const std::string& properties) const
    {
        return R"({"streamwright": 1, "name": "t", "nodes": [{"id": "up", "kind": "Test::Uploader"},
            {"id": "b", "kind": "AWS::S3::Bucket", "properties": )" +
               properties + R"(}], "edges": [{"from": "up.out", "to": "b.in"}]})";
    }

    std::vector<Answer> answers;
    Registry registry;
};

TEST(BucketInAPipeline, StoresAnswersAndCounts)
{
    Upload upload(3);
    const auto engine = runPipeline(upload.pipeline("{}"), upload.registry, seconds(10));
    ASSERT_EQ(upload.answers.size(), 3u);
    for (const Answer& answer : upload.answers) {
        EXPECT_EQ(answer.receipt.outcome, Outcome::Accepted);
        EXPECT_TRUE(answer.receipt.exceptions.empty());
    }
    EXPECT_EQ(sumOf(*engine, "b", "PutRequests"), 3);
    EXPECT_EQ(sumOf(*engine, "b", "BytesUploaded"), 24);
    EXPECT_EQ(sumOf(*engine, "b", "5xxErrors"), 0);
    EXPECT_EQ(sumOf(*engine, "b", "4xxErrors"), 0);
    EXPECT_EQ(engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, 3);
    EXPECT_EQ(engine->metrics().total({"b", "", "BucketSizeBytes"}).maximum, 24);
}

TEST(BucketInAPipeline, FailuresAndThrottlesAreAnsweredWithTheirCodes)
{
    Upload upload(6);
    const auto engine = runPipeline(upload.pipeline(R"({"Faults": [{"Type": "Fail", "FromSeconds": 1, "ForSeconds": 1},
                                                                   {"Type": "Throttle", "FromSeconds": 3, "ForSeconds": 2}]})"),
                                    upload.registry, seconds(10));
    ASSERT_EQ(upload.answers.size(), 6u);
    const auto outcome = [&](std::size_t i) {
        const Receipt& receipt = upload.answers[i].receipt;
        return receipt.exceptions.empty() ? receipt.outcome : receipt.exceptions[0].outcome;
    };
    EXPECT_EQ(outcome(0), Outcome::Accepted);
    EXPECT_EQ(outcome(1), Outcome::Failed);
    EXPECT_STREQ(upload.answers[1].receipt.reason, "InternalError");
    EXPECT_EQ(outcome(2), Outcome::Accepted);
    EXPECT_EQ(outcome(3), Outcome::Throttled);
    EXPECT_STREQ(upload.answers[3].receipt.reason, "SlowDown");
    EXPECT_EQ(outcome(5), Outcome::Accepted);
    EXPECT_EQ(sumOf(*engine, "b", "5xxErrors"), 3);
    EXPECT_EQ(sumOf(*engine, "b", "PutRequests"), 6);
    EXPECT_EQ(engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, 3);
}

TEST(BucketInAPipeline, ASlowBucketAnswersLate)
{
    Upload upload(2);
    const auto engine = runPipeline(
        upload.pipeline(R"({"Faults": [{"Type": "Slow", "FromSeconds": 1, "ForSeconds": 9, "Milliseconds": 2500}]})"),
        upload.registry, seconds(10));
    ASSERT_EQ(upload.answers.size(), 2u);
    EXPECT_EQ(upload.answers[0].at, seconds(0));
    EXPECT_EQ(upload.answers[1].at, milliseconds(3500));
    EXPECT_EQ(engine->metrics().total({"b", "", "TotalRequestLatency"}).maximum, 2500);
}

TEST(BucketInAPipeline, FaultsCanBeEditedKeepMegabytesCannot)
{
    Upload upload(8);
    auto engine = openPipeline(upload.pipeline("{}"), upload.registry);
    ASSERT_TRUE(engine->runFor(milliseconds(2500)));
    EXPECT_TRUE(engine->edit("b", parseJson(R"({"Faults": [{"Type": "Fail", "ForSeconds": 5}]})").value()).empty());
    ASSERT_TRUE(engine->runFor(seconds(10)));
    const auto refused = engine->edit("b", {{"KeepMegabytes", 1}});
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].place, "/KeepMegabytes");
    ASSERT_TRUE(engine->close());
    EXPECT_EQ(sumOf(*engine, "b", "5xxErrors"), 2); // at 3 and 4 s
}

TEST(BucketInAPipeline, SaysOnceThatOldBytesAreForgotten)
{
    Upload upload(5);
    const auto engine = runPipeline(upload.pipeline(R"({"KeepMegabytes": 0})"), upload.registry, seconds(10));
    const auto events = engine->events().after(0);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_NE(events[0].message.find("KeepMegabytes"), std::string::npos);
    EXPECT_EQ(engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, 5);
}

TEST(BucketInAPipeline, WithADataDirectoryObjectsAreFilesAndStay)
{
    ScratchDirectory folder;
    EngineOptions options;
    options.dataDirectory = folder.path();
    for (const double expected : {3.0, 3.0}) { // the second run replaces them
        Upload upload(3);
        const auto engine =
            runPipeline(upload.pipeline(R"({"BucketName": "my-bucket"})"), upload.registry, seconds(10), options);
        EXPECT_EQ(engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, expected);
    }
    EXPECT_EQ(readFile(folder.path() + "/buckets/my-bucket/folder/1").value(), "OBJECT 1");
}

TEST(BucketInAPipeline, TheDigestKnowsWhatWasStored)
{
    const auto digest = [](std::size_t objects, const std::string& properties, unsigned threads) {
        Upload upload(objects);
        EngineOptions options;
        options.threads = threads;
        return runPipeline(upload.pipeline(properties), upload.registry, seconds(10), options)->digest();
    };
    const std::string sharing = R"({"Faults": [{"Type": "Fail", "ForSeconds": 100, "Share": 0.5}]})";
    EXPECT_EQ(digest(8, sharing, 1), digest(8, sharing, 8));
    EXPECT_NE(digest(8, "{}", 1), digest(7, "{}", 1));
}

} // namespace
} // namespace streamwright::stores
