// SPDX-License-Identifier: GPL-3.0-or-later
// Clients of Firehose's API against a running engine: no drawing but what a test gives; real buckets.
#pragma once

#include "core/base/base64.h"
#include "plugins/firehose/api/actions.h"
#include "tests/support/api_caller.h"
#include "tests/support/engine_test_host.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::stores {
void registerPlugin(Registry& registry);
}

namespace streamwright::firehose {

void registerPlugin(Registry& registry);

namespace test {

using streamwright::test::ApiCaller;
using streamwright::test::EngineTestHost;
using streamwright::test::Reply;

// Three drawn nodes: a delivery stream "drawn" to a bucket "drawn-bucket", and one that reads a stream, "reader".
inline constexpr const char* kDrawing = R"({"streamwright": 1, "name": "t", "nodes": [
    {"id": "fh", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {"DeliveryStreamName": "drawn"}},
    {"id": "b", "kind": "AWS::S3::Bucket", "properties": {"BucketName": "drawn-bucket"}},
    {"id": "s", "kind": "Test::Stream"},
    {"id": "reader", "kind": "AWS::KinesisFirehose::DeliveryStream"}],
    "edges": [{"from": "fh.out", "to": "b.in"}, {"from": "s.out", "to": "reader.in"}, {"from": "reader.out", "to": "b.in"}]})";

class SilentStream : public Operator {
public:
    Result<void> open(Context&) override { return {}; }
    void step(Context&) override { }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

class FirehoseApi : public ::testing::Test {
protected:
    explicit FirehoseApi(EngineOptions options = {})
    {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Stream", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "shards"}]})"};
        registry.addKind(kKinds, "Test::Stream", [](const NodeSetup&) { return std::make_unique<SilentStream>(); });
        registerPlugin(registry);
        stores::registerPlugin(registry);
        open(options);
    }

    void open(const EngineOptions& options)
    {
        engine = streamwright::test::openPipeline(kDrawing, registry, options);
        host = std::make_unique<EngineTestHost>(*engine);
        caller = std::make_unique<ApiCaller>(service(), *host);
    }

    Reply call(const std::string& action, const Json& input)
    {
        wait(milliseconds(500)); // more slowly than the service's rates
        return caller->call(action, input);
    }
    void wait(Duration duration) { ASSERT_TRUE(engine->runFor(duration)); }

    static Json destination(Json more = Json::object())
    {
        Json s3{{"RoleARN", "arn:aws:iam::000000000000:role/firehose"}, {"BucketARN", "arn:aws:s3:::made-bucket"}};
        s3.update(more);
        return s3;
    }
    static Json creation(const std::string& name, Json more = Json::object())
    {
        return {{"DeliveryStreamName", name}, {"ExtendedS3DestinationConfiguration", destination(std::move(more))}};
    }
    Json describe(const std::string& name)
    {
        const Reply reply = call("DescribeDeliveryStream", {{"DeliveryStreamName", name}});
        EXPECT_EQ(reply.code, "");
        return reply.body.value("DeliveryStreamDescription", Json::object());
    }
    static Json record(const std::string& data)
    {
        std::string encoded;
        appendBase64(encoded, data);
        return {{"Data", encoded}};
    }
    double sum(const std::string& node, const std::string& metric)
    {
        return streamwright::test::sumOf(*engine, node, metric);
    }

    Registry registry;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineTestHost> host;
    std::unique_ptr<ApiCaller> caller;
};

} // namespace test
} // namespace streamwright::firehose
