// SPDX-License-Identifier: GPL-3.0-or-later
// What a day of 100 records/s through Firehose and S3 costs in processor time, beside the compression of the same bytes
// alone. The records are made once, so that no producer is measured. Prints, never fails.
#include <cstdio>
#include <ctime>

#include "core/engine/engine.h"
#include "core/graph/pipeline_file.h"
#include "plugins/firehose/compression.h"

namespace streamwright {

namespace firehose {
void registerPlugin(Registry& registry);
}
namespace stores {
void registerPlugin(Registry& registry);
}

namespace {

constexpr std::int64_t kSeconds = 24 * 3600;

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

RecordBatchPtr jsonRecords(std::size_t count, Random& random)
{
    BatchBuilder batch(count);
    for (std::size_t i = 0; i < count; ++i) {
        char text[256];
        const int size = std::snprintf(
            text, sizeof text,
            "{\"visitor\":\"user-%04d\",\"time\":\"2026-01-01T00:%02d:%02d.%03dZ\",\"page\":\"/products/%d\","
            "\"agent\":\"desktop\",\"milliseconds\":%d,\"id\":\"%016llx\"}\n",
            int(random.below(5000)), int(random.below(60)), int(random.below(60)), int(random.below(1000)),
            int(random.below(1000)), int(random.below(900)), static_cast<unsigned long long>(random.next()));
        batch.copy({.data = {text, static_cast<std::size_t>(size)}});
    }
    return batch.build();
}

// Sends a ready batch at every interval; there are 600 of them, so that an object holds no batch twice.
class Source : public Operator {
public:
    Source(const std::vector<RecordBatchPtr>& batches, Duration every) : batches_(batches), every_(every) { }
    Result<void> open(Context& context) override
    {
        context.wakeAt(context.now());
        return {};
    }
    void step(Context& context) override
    {
        Outlet& outlet = *context.outlets("out").front();
        outlet.takeReceipts();
        if (context.now() >= next_) {
            outlet.send(batches_[sent_++ % batches_.size()]);
            next_ = context.now() + every_;
        }
        context.wakeAt(next_);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    const std::vector<RecordBatchPtr>& batches_;
    const Duration every_;
    Time next_{};
    std::size_t sent_ = 0;
};

double dayOf(const std::vector<RecordBatchPtr>& batches, Duration every, const char* compression)
{
    static const std::string_view kKinds[] = {
        R"({"kind": "Bench::Source", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
            "ports": [{"name": "out", "direction": "out", "carries": "records"}]})"};
    Registry registry;
    registry.addKind(kKinds, "Bench::Source",
                     [&](const NodeSetup&) { return std::make_unique<Source>(batches, every); });
    firehose::registerPlugin(registry);
    stores::registerPlugin(registry);
    Pipeline pipeline;
    pipeline.nodes = {{"source", "Bench::Source"},
                      {"fh",
                       "AWS::KinesisFirehose::DeliveryStream",
                       {{"ExtendedS3DestinationConfiguration", {{"CompressionFormat", compression}}}}},
                      {"bucket", "AWS::S3::Bucket"}};
    pipeline.edges = {{"source", "out", "fh", "in"}, {"fh", "out", "bucket", "in"}};
    EngineOptions options;
    options.threads = 1;
    auto engine = Engine::open(checkPipeline(pipeline, registry, "").plan, registry, options).value();
    const double before = processorSeconds();
    CHECK(engine->runFor(seconds(kSeconds)));
    CHECK(engine->close());
    const double spent = processorSeconds() - before;
    CHECK(engine->metrics().total({"fh", "", "IncomingRecords"}).sum >= kSeconds * 100.0);
    return spent;
}

// The same bytes in objects of 300 s, joined beforehand.
double compressionAlone(const std::vector<RecordBatchPtr>& batches, std::size_t batchesAnObject)
{
    std::string joined;
    for (std::size_t i = 0; i < batchesAnObject; ++i)
        for (const Record& record : batches[i % batches.size()]->records())
            joined += record.data;
    const double before = processorSeconds();
    for (std::int64_t i = 0; i < kSeconds / 300; ++i)
        firehose::compress(firehose::CompressionFormat::Gzip, joined, "");
    return processorSeconds() - before;
}

void measure(std::size_t recordsABatch, Duration every)
{
    Random random(1);
    std::vector<RecordBatchPtr> batches;
    for (int i = 0; i < 600; ++i)
        batches.push_back(jsonRecords(recordsABatch, random));
    const double alone = compressionAlone(batches, 30'000 / recordsABatch);
    const double gzip = dayOf(batches, every, "GZIP"), plain = dayOf(batches, every, "UNCOMPRESSED");
    std::printf("%6zu %12.2f %14.2f %16.2f %12.2f\n", recordsABatch, gzip, alone, gzip - alone, plain);
}

} // namespace

} // namespace streamwright

int main()
{
    std::printf("24 h of 100 records/s, one thread, seconds of processor time\n");
    std::printf("%6s %12s %14s %16s %12s\n", "batch", "GZIP", "gzip alone", "beyond gzip", "plain");
    streamwright::measure(500, streamwright::seconds(5));
    streamwright::measure(100, streamwright::seconds(1));
    streamwright::measure(10, streamwright::milliseconds(100));
    streamwright::measure(1, streamwright::milliseconds(10));
    return 0;
}
