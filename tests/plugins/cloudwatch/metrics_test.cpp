// SPDX-License-Identifier: GPL-3.0-or-later
// CloudWatch's actions over the metrics of a run whose nodes are stand-ins: a stream, a delivery stream and a queue that
// record what a test says.
#include "plugins/cloudwatch/api/actions.h"
#include "tests/support/api_caller.h"
#include "tests/support/engine_test_host.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::cloudwatch {
namespace {

using test::ApiCaller;
using test::EngineTestHost;
using test::Reply;

class NamedResource : public streamwright::Resource {
public:
    explicit NamedResource(std::string name) : name_(std::move(name)) { }
    const std::string& name() const override { return name_; }

private:
    const std::string name_;
};

// Known to clients by "its id, then -name".
class NamedOperator : public Operator {
public:
    explicit NamedOperator(const NodeSetup& setup) : resource_(std::make_shared<NamedResource>(setup.id + "-name")) { }
    Result<void> open(Context&) override { return {}; }
    void step(Context&) override { }
    Result<void> apply(Context&, const Json&) override { return {}; }
    std::shared_ptr<streamwright::Resource> resource() override { return resource_; }

private:
    const std::shared_ptr<streamwright::Resource> resource_;
};

constexpr const char* kNodes = R"({"streamwright": 1, "name": "t", "nodes": [
    {"id": "stream", "kind": "AWS::Kinesis::Stream"}, {"id": "queue", "kind": "AWS::SQS::Queue"},
    {"id": "delivery", "kind": "AWS::KinesisFirehose::DeliveryStream"}], "edges": []})";

constexpr const char* kStart = "2026-01-01T00:00:00Z";
constexpr const char* kHour = "2026-01-01T01:00:00Z";
constexpr double kStartSeconds = 1'767'225'600;

class CloudWatch : public ::testing::Test {
protected:
    CloudWatch()
    {
        static const std::vector<std::string> kinds = [] {
            std::vector<std::string> texts;
            for (const Publisher& publisher : publishers())
                texts.push_back(R"({"kind": ")" + std::string(publisher.kind) +
                                R"(", "title": "", "family": "", "icon": "", "help": "", "fields": [], "metrics": [],
                                "ports": []})");
            return texts;
        }();
        static const std::vector<std::string_view> views(kinds.begin(), kinds.end());
        for (const Publisher& publisher : publishers())
            registry.addKind(views, publisher.kind,
                             [](const NodeSetup& setup) { return std::make_unique<NamedOperator>(setup); });
        engine = test::openPipeline(kNodes, registry);
        host = std::make_unique<EngineTestHost>(*engine);
        caller = std::make_unique<ApiCaller>(service(), *host);
    }

    void record(const char* node, const char* part, const char* name, std::initializer_list<double> values)
    {
        for (const double value : values)
            engine->metrics().metric({node, part, name}).record(value);
    }
    // Nothing happens in the run meanwhile but time.
    void wait(Duration duration)
    {
        ASSERT_TRUE(engine->runFor(duration));
        ASSERT_EQ(engine->now(), EngineOptions::kDefaultStart + (passed += duration));
    }
    static Json streamDimensions() { return {{{"Name", "StreamName"}, {"Value", "stream-name"}}}; }
    static Json statistics(Json more)
    {
        Json request{{"Namespace", "AWS/Kinesis"},       {"MetricName", "IncomingBytes"},
                     {"Dimensions", streamDimensions()}, {"StartTime", kStartSeconds},
                     {"EndTime", kStartSeconds + 3600},  {"Period", 60}};
        request.update(more);
        return request;
    }
    static Json query(const char* id, const char* stat, int period, const char* name = "IncomingBytes")
    {
        return {{"Id", id},
                {"MetricStat",
                 {{"Metric", {{"Namespace", "AWS/Kinesis"}, {"MetricName", name}, {"Dimensions", streamDimensions()}}},
                  {"Period", period},
                  {"Stat", stat}}}};
    }
    Reply data(std::vector<Json> queries, Json more = Json::object())
    {
        Json request{
            {"MetricDataQueries", std::move(queries)}, {"StartTime", kStartSeconds}, {"EndTime", kStartSeconds + 3600}};
        request.update(more);
        return caller->call("GetMetricData", request);
    }

    Registry registry;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineTestHost> host;
    std::unique_ptr<ApiCaller> caller;
    Duration passed{};
};

TEST_F(CloudWatch, StatisticsOfMinutes)
{
    record("stream", "", "IncomingBytes", {1, 3});
    wait(seconds(61));
    record("stream", "", "IncomingBytes", {10});
    wait(seconds(1));
    const Reply reply = caller->call(
        "GetMetricStatistics", statistics({{"Statistics", {"Sum", "Average", "Minimum", "Maximum", "SampleCount"}}}));
    ASSERT_EQ(reply.code, "") << reply.message;
    EXPECT_EQ(reply["Label"], "IncomingBytes");
    ASSERT_EQ(reply["Datapoints"].size(), 2u);
    EXPECT_EQ(reply["Datapoints"].at(0), (Json{{"Timestamp", kStartSeconds},
                                               {"Sum", 4.0},
                                               {"Average", 2.0},
                                               {"Minimum", 1.0},
                                               {"Maximum", 3.0},
                                               {"SampleCount", 2.0},
                                               {"Unit", "Bytes"}}));
    EXPECT_EQ(reply["Datapoints"].at(1).at("Timestamp"), kStartSeconds + 60);
    EXPECT_EQ(reply["Datapoints"].at(1).at("Sum"), 10.0); // of the minute under way
}

TEST_F(CloudWatch, PeriodsArePutTogether)
{
    for (int minute = 0; minute < 6; ++minute) {
        record("stream", "", "IncomingBytes", {1.0 + minute});
        wait(std::chrono::minutes(1));
    }
    const Reply fives =
        caller->call("GetMetricStatistics", statistics({{"Statistics", {"Sum", "Maximum"}}, {"Period", 300}}));
    ASSERT_EQ(fives["Datapoints"].size(), 2u);
    EXPECT_EQ(fives["Datapoints"].at(0).at("Sum"), 15.0);
    EXPECT_EQ(fives["Datapoints"].at(0).at("Maximum"), 5.0);
    EXPECT_EQ(fives["Datapoints"].at(1).at("Timestamp"), kStartSeconds + 300);
    const Reply tens = caller->call(
        "GetMetricStatistics", statistics({{"Statistics", {"Sum"}}, {"Period", 10}, {"EndTime", kStartSeconds + 120}}));
    ASSERT_EQ(tens["Datapoints"].size(), 2u);
    EXPECT_EQ(tens["Datapoints"].at(1).at("Timestamp"), kStartSeconds + 60);
}

TEST_F(CloudWatch, StartCountsAndEndDoesNot)
{
    for (int minute = 0; minute < 3; ++minute) {
        record("stream", "", "IncomingBytes", {1});
        wait(std::chrono::minutes(1));
    }
    const Reply reply =
        caller->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}},
                                                        {"StartTime", kStartSeconds + 90}, // cut to the minute
                                                        {"EndTime", kStartSeconds + 120}}));
    ASSERT_EQ(reply["Datapoints"].size(), 1u);
    EXPECT_EQ(reply["Datapoints"].at(0).at("Timestamp"), kStartSeconds + 60);
}

TEST_F(CloudWatch, DimensionsChooseTheSeries)
{
    record("stream", "", "IncomingBytes", {1});
    record("stream", "shardId-000000000000", "IncomingBytes", {2});
    wait(seconds(1));
    const Json shard{{"Name", "ShardId"}, {"Value", "shardId-000000000000"}};
    const Json dimensions = Json::array({shard, streamDimensions().front()});
    const auto sum = [&](const Json& wanted) {
        const Reply reply =
            caller->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}, {"Dimensions", wanted}}));
        return reply["Datapoints"].empty() ? -1.0 : reply["Datapoints"].at(0).at("Sum").get<double>();
    };
    EXPECT_EQ(sum(dimensions), 2);
    EXPECT_EQ(sum(streamDimensions()), 1);
    EXPECT_EQ(sum(Json::array({{{"Name", "StreamName"}, {"Value", "another"}}})), -1);
    EXPECT_EQ(sum(Json::array({{{"Name", "QueueName"}, {"Value", "stream-name"}}})), -1);
    EXPECT_EQ(sum(Json::array()), -1);
}

TEST_F(CloudWatch, PercentilesAsFarAsTheyAreKept)
{
    record("stream", "", "IncomingBytes", {100});
    wait(seconds(61));
    const Reply reply = caller->call("GetMetricStatistics", statistics({{"ExtendedStatistics", {"p99"}}}));
    ASSERT_EQ(reply["Datapoints"].size(), 1u);
    EXPECT_NEAR(reply["Datapoints"].at(0).at("ExtendedStatistics").at("p99").get<double>(), 100, 1);
    EXPECT_EQ(caller->call("GetMetricStatistics", statistics({{"ExtendedStatistics", {"p99"}}, {"Period", 300}})).code,
              "InvalidParameterValueException");
    EXPECT_EQ(caller->call("GetMetricStatistics", statistics({{"ExtendedStatistics", {"tm90"}}})).code,
              "InvalidParameterValueException");
}

TEST_F(CloudWatch, RefusalsOfGetMetricStatistics)
{
    const auto code = [&](const Json& more) { return caller->call("GetMetricStatistics", statistics(more)).code; };
    EXPECT_EQ(code(Json::object()), "MissingRequiredParameterException");
    EXPECT_EQ(code({{"Statistics", {"Sum"}}, {"Period", 90}}), "InvalidParameterValueException");
    EXPECT_EQ(code({{"Statistics", {"Sum"}}, {"EndTime", kStartSeconds}}), "InvalidParameterCombinationException");
    EXPECT_EQ(code({{"Statistics", {"Sum"}}, {"Period", 1}, {"EndTime", kStartSeconds + 1440}}), "");
    EXPECT_EQ(code({{"Statistics", {"Sum"}}, {"Period", 1}, {"EndTime", kStartSeconds + 1441}}),
              "InvalidParameterCombinationException");
    EXPECT_EQ(code({{"Statistics", {"Median"}}}), "ValidationError");
}

TEST_F(CloudWatch, MetricDataNewestFirstUnlessAskedOtherwise)
{
    for (int minute = 0; minute < 3; ++minute) {
        record("stream", "", "IncomingBytes", {1.0 + minute});
        wait(std::chrono::minutes(1));
    }
    const Reply newest = data({query("a", "Sum", 60)});
    ASSERT_EQ(newest.code, "") << newest.message;
    const Json result = newest["MetricDataResults"].at(0);
    EXPECT_EQ(result.at("Id"), "a");
    EXPECT_EQ(result.at("Label"), "IncomingBytes");
    EXPECT_EQ(result.at("Values"), (Json{3.0, 2.0, 1.0}));
    EXPECT_EQ(result.at("StatusCode"), "Complete");
    EXPECT_FALSE(newest.body.contains("NextToken"));
    const Reply oldest = data({query("a", "Sum", 60)}, {{"ScanBy", "TimestampAscending"}});
    EXPECT_EQ(oldest["MetricDataResults"].at(0).at("Values"), (Json{1.0, 2.0, 3.0}));
}

TEST_F(CloudWatch, MetricDataComesInPages)
{
    for (int minute = 0; minute < 3; ++minute) {
        record("stream", "", "IncomingBytes", {1.0 + minute});
        record("stream", "", "IncomingRecords", {10});
        wait(std::chrono::minutes(1));
    }
    const std::vector<Json> queries{query("a", "Sum", 60), query("none", "Sum", 60, "PutRecord.Bytes"),
                                    query("b", "Sum", 60, "IncomingRecords")};
    std::map<std::string, std::size_t> told;
    Json more{{"MaxDatapoints", 2}};
    int pages = 0;
    for (;;) {
        const Reply page = data(queries, more);
        ASSERT_EQ(page.code, "") << page.message;
        ++pages;
        std::size_t onPage = 0;
        for (const Json& result : page["MetricDataResults"]) {
            const auto id = result.at("Id").get<std::string>();
            told[id] += result.at("Values").size();
            onPage += result.at("Values").size();
            const std::size_t all = id == "none" ? 0 : 3;
            EXPECT_EQ(result.at("StatusCode"), told[id] == all ? "Complete" : "PartialData");
        }
        EXPECT_LE(onPage, 2u);
        if (!page.body.contains("NextToken")) break;
        more["NextToken"] = page["NextToken"];
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(told, (std::map<std::string, std::size_t>{{"a", 3}, {"b", 3}, {"none", 0}}));
    EXPECT_EQ(data(queries, {{"NextToken", "what?"}}).code, "InvalidNextToken");
}

TEST_F(CloudWatch, RefusalsOfGetMetricData)
{
    const Reply math = data({Json{{"Id", "e1"}, {"Expression", "a*2"}}});
    EXPECT_EQ(math.code, "ValidationError");
    EXPECT_NE(math.message.find("Metric math"), std::string::npos);
    EXPECT_EQ(data({query("a", "Sum", 60), query("a", "Average", 60)}).code, "ValidationError");
    EXPECT_EQ(data({query("Upper", "Sum", 60)}).code, "ValidationError");
    EXPECT_EQ(data({query("a", "Median", 60)}).code, "ValidationError");
    EXPECT_EQ(data({query("a", "p90", 300)}).code, "ValidationError");
    EXPECT_EQ(data({query("a", "Sum", 61)}).code, "ValidationError");
    EXPECT_EQ(data({query("a", "Sum", 60)}, {{"EndTime", kStartSeconds}}).code, "ValidationError");
    std::vector<Json> many;
    for (int i = 0; i < 501; ++i)
        many.push_back(query(("q" + std::to_string(i)).c_str(), "Sum", 60));
    EXPECT_EQ(data(many).code, "ValidationError");
}

TEST_F(CloudWatch, ListMetricsTellsWhatIsPublished)
{
    record("stream", "", "IncomingBytes", {1});
    record("stream", "shardId-000000000000", "IncomingBytes", {1});
    record("stream", "app", "SubscribeToShardEvent.Bytes", {1});
    record("stream", "", "ExpiredUnreadRecords", {1}); // ours: not published
    record("queue", "", "NumberOfMessagesSent", {1});
    record("delivery", "", "IncomingRecords", {1});
    wait(seconds(1));
    const auto list = [&](const Json& input) { return caller->call("ListMetrics", input)["Metrics"]; };
    EXPECT_EQ(list(Json::object()).size(), 5u);
    EXPECT_EQ(list({{"Namespace", "AWS/SQS"}}),
              Json::parse(R"([{"Namespace": "AWS/SQS", "MetricName": "NumberOfMessagesSent",
                               "Dimensions": [{"Name": "QueueName", "Value": "queue-name"}]}])"));
    EXPECT_EQ(list({{"MetricName", "IncomingBytes"}}).size(), 2u);
    EXPECT_EQ(list({{"Dimensions", {{{"Name", "ShardId"}}}}}).size(), 1u);
    EXPECT_EQ(list({{"Dimensions", {{{"Name", "ConsumerName"}, {"Value", "app"}}}}}).size(), 1u);
    EXPECT_EQ(list({{"Dimensions", {{{"Name", "ConsumerName"}, {"Value", "other"}}}}}).size(), 0u);
    EXPECT_EQ(list({{"RecentlyActive", "PT3H"}}).size(), 5u);
    wait(std::chrono::hours(4));
    EXPECT_EQ(list({{"RecentlyActive", "PT3H"}}).size(), 0u);
    EXPECT_EQ(list(Json::object()).size(), 5u);
}

TEST_F(CloudWatch, ListMetricsComesInPages)
{
    for (int i = 0; i < 501; ++i)
        record("stream", ("shardId-" + std::to_string(i)).c_str(), "IncomingBytes", {1});
    wait(seconds(1));
    const Reply first = caller->call("ListMetrics", Json::object());
    EXPECT_EQ(first["Metrics"].size(), 500u);
    const Reply second = caller->call("ListMetrics", {{"NextToken", first["NextToken"]}});
    EXPECT_EQ(second["Metrics"].size(), 1u);
    EXPECT_FALSE(second.body.contains("NextToken"));
    EXPECT_EQ(caller->call("ListMetrics", {{"NextToken", "?"}}).code, "InvalidNextToken");
}

TEST_F(CloudWatch, TheQueryProtocolToo)
{
    record("queue", "", "NumberOfMessagesSent", {2});
    wait(seconds(61));
    const Reply reply = caller->query(
        "GetMetricStatistics", "Action=GetMetricStatistics&Namespace=AWS%2FSQS&MetricName=NumberOfMessagesSent&"
                               "Dimensions.member.1.Name=QueueName&Dimensions.member.1.Value=queue-name&StartTime=" +
                                   std::string(kStart) + "&EndTime=" + kHour + "&Period=60&Statistics.member.1=Sum");
    ASSERT_EQ(reply.code, "") << reply.message;
    EXPECT_NE(reply.text.find("<Sum>2"), std::string::npos) << reply.text;
    EXPECT_NE(reply.text.find("<Timestamp>2026-01-01T00:00:00"), std::string::npos) << reply.text;
    EXPECT_EQ(caller->query("GetMetricStatistics", "Action=GetMetricStatistics").code, "ValidationError");
}

} // namespace
} // namespace streamwright::cloudwatch
