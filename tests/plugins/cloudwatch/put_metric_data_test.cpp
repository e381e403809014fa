// SPDX-License-Identifier: GPL-3.0-or-later
// PutMetricData, and what is told of it; over a run without a node.
#include <cmath>

#include "plugins/cloudwatch/api/actions.h"
#include "tests/support/api_caller.h"
#include "tests/support/engine_test_host.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::cloudwatch {
namespace {

using test::ApiCaller;
using test::EngineTestHost;
using test::Reply;

constexpr double kStartSeconds = 1'767'225'600;
constexpr double kTwoWeeks = 14 * 86'400;

class PutMetricData : public ::testing::Test {
protected:
    PutMetricData()
        : engine(test::openPipeline(R"({"streamwright": 1, "name": "t", "nodes": [], "edges": []})", registry)),
          host(*engine),
          caller(service(), host)
    {
        EXPECT_TRUE(engine->runFor(std::chrono::hours(1)));
    }

    static Json datum(Json more)
    {
        Json one{{"MetricName", "Latency"}, {"Timestamp", kStartSeconds + 90}};
        one.update(more);
        return one;
    }
    Reply put(const std::vector<Json>& data, const char* nameSpace = "App")
    {
        return caller.call("PutMetricData", {{"Namespace", nameSpace}, {"MetricData", data}});
    }
    void good(const std::vector<Json>& data, const char* nameSpace = "App")
    {
        const Reply reply = put(data, nameSpace);
        EXPECT_EQ(reply.code, "") << reply.message;
        EXPECT_EQ(reply.text, "");
    }
    std::string fault(Json more)
    {
        const Reply reply = put({datum({{"Value", 1}}), datum(std::move(more))});
        return reply.code.empty() ? "" : reply.code + ": " + reply.message;
    }
    Json statistics(Json more = Json::object())
    {
        Json request{{"Namespace", "App"},
                     {"MetricName", "Latency"},
                     {"StartTime", kStartSeconds},
                     {"EndTime", kStartSeconds + 3600},
                     {"Period", 60},
                     {"Statistics", {"Sum", "Average", "Minimum", "Maximum", "SampleCount"}}};
        request.update(more);
        const Reply reply = caller.call("GetMetricStatistics", request);
        EXPECT_EQ(reply.code, "") << reply.message;
        return reply["Datapoints"];
    }
    Json list(const Json& input) { return caller.call("ListMetrics", input)["Metrics"]; }

    Registry registry;
    std::unique_ptr<Engine> engine;
    EngineTestHost host;
    ApiCaller caller;
};

TEST_F(PutMetricData, ValuesBecomeStatisticsOfTheirMinute)
{
    good({datum({{"Value", 1}, {"Unit", "Milliseconds"}}), datum({{"Value", 3.5}, {"Unit", "Milliseconds"}}),
          datum({{"Values", {10, 20}}, {"Counts", {2, 3}}, {"Unit", "Milliseconds"}}),
          datum({{"Value", 7}, {"Unit", "Milliseconds"}, {"Timestamp", kStartSeconds + 120}})});
    EXPECT_EQ(statistics(), Json::array({{{"Timestamp", kStartSeconds + 60},
                                          {"Sum", 84.5},
                                          {"Average", 84.5 / 7},
                                          {"Minimum", 1.0},
                                          {"Maximum", 20.0},
                                          {"SampleCount", 7.0},
                                          {"Unit", "Milliseconds"}},
                                         {{"Timestamp", kStartSeconds + 120},
                                          {"Sum", 7.0},
                                          {"Average", 7.0},
                                          {"Minimum", 7.0},
                                          {"Maximum", 7.0},
                                          {"SampleCount", 1.0},
                                          {"Unit", "Milliseconds"}}}));
    const Json both = statistics({{"Period", 300}});
    ASSERT_EQ(both.size(), 1u);
    EXPECT_EQ(both[0]["Sum"], 91.5);
    EXPECT_EQ(both[0]["Timestamp"], kStartSeconds);
}

TEST_F(PutMetricData, WithoutATimeItIsNow)
{
    good({{{"MetricName", "Latency"}, {"Value", 5}}});
    const Json points = statistics({{"EndTime", kStartSeconds + 7200}});
    ASSERT_EQ(points.size(), 1u);
    EXPECT_EQ(points[0]["Timestamp"], kStartSeconds + 3600);
    EXPECT_EQ(points[0]["Unit"], "None");
}

TEST_F(PutMetricData, StatisticSetsAddUp)
{
    const auto set = [](double count, double sum, double least, double most) {
        return Json{{"StatisticValues", {{"SampleCount", count}, {"Sum", sum}, {"Minimum", least}, {"Maximum", most}}}};
    };
    good({datum(set(4, 10, -1, 5)), datum(set(2.5, 1, 0, 6))});
    const Json points = statistics();
    ASSERT_EQ(points.size(), 1u);
    EXPECT_EQ(points[0]["SampleCount"], 6.5);
    EXPECT_EQ(points[0]["Sum"], 11.0);
    EXPECT_EQ(points[0]["Minimum"], -1.0);
    EXPECT_EQ(points[0]["Maximum"], 6.0);
}

TEST_F(PutMetricData, PercentilesWhereEverySampleIsKnown)
{
    Json values = Json::array();
    for (int i = 1; i <= 100; ++i)
        values.push_back(i);
    good({datum({{"MetricName", "Known"}, {"Values", values}}),
          datum({{"MetricName", "Known"},
                 {"StatisticValues", {{"SampleCount", 100}, {"Sum", 200}, {"Minimum", 2}, {"Maximum", 2}}}}),
          datum({{"MetricName", "Unknown"}, {"Values", values}}),
          datum({{"MetricName", "Unknown"},
                 {"StatisticValues", {{"SampleCount", 2}, {"Sum", 3}, {"Minimum", 1}, {"Maximum", 2}}}}),
          datum({{"MetricName", "Negative"}, {"Value", -1}})});
    const auto of = [&](const char* name) {
        Json request{{"Namespace", "App"},
                     {"MetricName", name},
                     {"StartTime", kStartSeconds},
                     {"EndTime", kStartSeconds + 3600},
                     {"Period", 60},
                     {"ExtendedStatistics", {"p50", "p90"}}};
        return caller.call("GetMetricStatistics", request)["Datapoints"];
    };
    const Json known = of("Known");
    ASSERT_EQ(known.size(), 1u);
    EXPECT_NEAR(known[0]["ExtendedStatistics"]["p50"].get<double>(), 2, 0.02);
    EXPECT_NEAR(known[0]["ExtendedStatistics"]["p90"].get<double>(), 80, 0.8);
    EXPECT_EQ(of("Unknown").size(), 0u);
    EXPECT_EQ(of("Negative").size(), 0u);
}

TEST_F(PutMetricData, DimensionsAndUnitsTellMetricsApart)
{
    const Json a{{"Name", "Host"}, {"Value", "a"}}, b{{"Name", "Disk"}, {"Value", "0"}};
    good({datum({{"Value", 1}}), datum({{"Value", 2}, {"Dimensions", {a}}}),
          datum({{"Value", 4}, {"Dimensions", Json::array({a, b})}}),
          datum({{"Value", 8}, {"Dimensions", Json::array({b, a})}}),
          datum({{"Value", 16}, {"Dimensions", Json::array({b, a})}, {"Unit", "Seconds"}})});
    EXPECT_EQ(statistics()[0]["Sum"], 1.0);
    EXPECT_EQ(statistics({{"Dimensions", {a}}})[0]["Sum"], 2.0);
    EXPECT_EQ(statistics({{"Dimensions", {b}}}), Json::array());
    const Json two = statistics({{"Dimensions", Json::array({b, a})}});
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(two[0]["Sum"], 12.0);
    EXPECT_EQ(two[1]["Unit"], "Seconds");
    EXPECT_EQ(statistics({{"Dimensions", Json::array({a, b})}, {"Unit", "Seconds"}})[0]["Sum"], 16.0);
    EXPECT_EQ(list({{"Namespace", "App"}}).size(), 3u);
    EXPECT_EQ(list({{"Namespace", "App"}, {"Dimensions", {{{"Name", "Disk"}}}}}).size(), 1u);
    EXPECT_EQ(list({{"Namespace", "Other"}}).size(), 0u);
    EXPECT_EQ(list(Json::object()).size(), 3u);
}

TEST_F(PutMetricData, HighResolutionKeepsSeconds)
{
    for (const int resolution : {1, 60})
        good({datum({{"Value", 1}, {"Timestamp", kStartSeconds + 61}, {"StorageResolution", resolution}}),
              datum({{"Value", 2}, {"Timestamp", kStartSeconds + 75}, {"StorageResolution", resolution}})},
             resolution == 1 ? "Fine" : "Coarse");
    EXPECT_EQ(statistics({{"Namespace", "Fine"}, {"Period", 10}, {"EndTime", kStartSeconds + 600}}).size(), 2u);
    EXPECT_EQ(statistics({{"Namespace", "Coarse"}, {"Period", 10}, {"EndTime", kStartSeconds + 600}}).size(), 1u);
    EXPECT_EQ(statistics({{"Namespace", "Fine"}}), statistics({{"Namespace", "Coarse"}}));
}

TEST_F(PutMetricData, GetMetricDataTellsThemToo)
{
    good({datum({{"Value", 1}}), datum({{"Value", 2}, {"Timestamp", kStartSeconds + 180}})});
    const Json query{
        {"Id", "q"},
        {"MetricStat",
         {{"Metric", {{"Namespace", "App"}, {"MetricName", "Latency"}}}, {"Period", 60}, {"Stat", "Sum"}}}};
    const Reply reply =
        caller.call("GetMetricData",
                    {{"MetricDataQueries", {query}}, {"StartTime", kStartSeconds}, {"EndTime", kStartSeconds + 3600}});
    ASSERT_EQ(reply.code, "") << reply.message;
    const Json result = reply["MetricDataResults"].at(0);
    EXPECT_EQ(result.at("Values"), (Json{2.0, 1.0}));
    EXPECT_EQ(result.at("Timestamps"), (Json{kStartSeconds + 180, kStartSeconds + 60}));
    EXPECT_EQ(result.at("Label"), "Latency");
}

TEST_F(PutMetricData, Refusals)
{
    EXPECT_EQ(put({datum({{"Value", 1}})}, "AWS/Kinesis").message,
              "The value AWS/Kinesis for parameter Namespace is invalid.");
    EXPECT_EQ(put({datum({{"Value", 1}})}, ":App").code, "ValidationError");
    EXPECT_EQ(put(std::vector<Json>(1001, datum({{"Value", 1}}))).message,
              "The collection MetricData must not have a size greater than 1000.");
    EXPECT_EQ(fault(Json::object()),
              "MissingRequiredParameterException: At least one of the parameters MetricData.member.2.Value, "
              "MetricData.member.2.Values and MetricData.member.2.StatisticValues must be specified.");
    EXPECT_EQ(fault({{"Value", 1}, {"Values", {1}}}),
              "InvalidParameterCombinationException: The parameters MetricData.member.2.Value and "
              "MetricData.member.2.Values are mutually exclusive and you have specified both.");
    EXPECT_EQ(fault({{"Values", {1, 2}}, {"Counts", {1}}}),
              "InvalidParameterValueException: The parameters MetricData.member.2.Values and "
              "MetricData.member.2.Counts must be of the same size.");
    const auto refusedFor = [&](Json more, const std::string& word) {
        const std::string text = fault(std::move(more));
        EXPECT_NE(text.find(word), std::string::npos) << text;
    };
    refusedFor({{"Values", Json(std::vector<int>(151, 1))}}, "must not have a size greater than 150");
    refusedFor({{"Value", std::ldexp(1.01, 360)}}, "for parameter MetricData.member.2.Value is invalid");
    refusedFor({{"Values", {1}}, {"Counts", {-1}}}, "MetricData.member.2.Counts.member.1");
    refusedFor({{"StatisticValues", {{"SampleCount", 0}, {"Sum", 1}, {"Minimum", 1}, {"Maximum", 1}}}}, "SampleCount");
    refusedFor({{"StatisticValues", {{"SampleCount", 1}, {"Sum", 1}, {"Minimum", 2}, {"Maximum", 1}}}}, "Maximum");
    refusedFor({{"Value", 1}, {"StorageResolution", 5}}, "StorageResolution");
    refusedFor({{"Value", 1}, {"Timestamp", kStartSeconds + 3600 + 7201}}, "two hours in the future");
    refusedFor({{"Value", 1}, {"Timestamp", kStartSeconds + 3600 - kTwoWeeks - 1}}, "past two weeks");
    EXPECT_EQ(fault({{"Value", std::ldexp(-1.0, 360)}}), "");
    EXPECT_EQ(statistics()[0]["SampleCount"], 2.0); // of a refused request nothing is kept
}

TEST_F(PutMetricData, AMetricIsListedForTwoWeeks)
{
    good({datum({{"Value", 1}, {"Timestamp", kStartSeconds + 3600}})});
    EXPECT_EQ(list({{"RecentlyActive", "PT3H"}}).size(), 1u);
    ASSERT_TRUE(engine->runFor(std::chrono::hours(4)));
    EXPECT_EQ(list({{"RecentlyActive", "PT3H"}}).size(), 0u);
    EXPECT_EQ(list(Json::object()).size(), 1u);
    ASSERT_TRUE(engine->runFor(std::chrono::days(14)));
    EXPECT_EQ(list(Json::object()).size(), 0u);
}

TEST_F(PutMetricData, TheQueryProtocolToo)
{
    const Reply reply =
        caller.query("PutMetricData", "Action=PutMetricData&Namespace=App&MetricData.member.1.MetricName=Latency&"
                                      "MetricData.member.1.Values.member.1=2&MetricData.member.1.Values.member.2=3.5&"
                                      "MetricData.member.1.Counts.member.1=1&MetricData.member.1.Counts.member.2=2&"
                                      "MetricData.member.1.Timestamp=2026-01-01T00:01:30Z&"
                                      "MetricData.member.1.Dimensions.member.1.Name=Host&"
                                      "MetricData.member.1.Dimensions.member.1.Value=a");
    EXPECT_EQ(reply.code, "") << reply.message;
    EXPECT_EQ(statistics({{"Dimensions", {{{"Name", "Host"}, {"Value", "a"}}}}})[0]["Sum"], 9.0);
}

TEST(CustomMetrics, BeyondTheirMemoryTheOldestIsForgotten)
{
    CustomMetrics metrics;
    const Time start = EngineOptions::kDefaultStart;
    const auto put = [&](int number) {
        CustomMetrics::Datum datum;
        datum.metric = {"App", "m" + std::to_string(number), {{"Host", std::string(1024, 'h')}}};
        datum.unit = "None";
        datum.time = start;
        datum.resolution = std::chrono::minutes(1);
        datum.samples = {{1, 1}};
        metrics.put(datum);
    };
    constexpr int kMore = CustomMetrics::kMostBytes / 1024 + 1; // each is larger than that
    for (int i = 0; i < kMore; ++i)
        put(i);
    const auto all = metrics.all("", start);
    EXPECT_LT(all.size(), static_cast<std::size_t>(kMore));
    EXPECT_GT(all.size(), static_cast<std::size_t>(kMore) / 3);
    const auto kept = [&](int number) {
        return std::any_of(all.begin(), all.end(),
                           [&](const MetricName& metric) { return metric.name == "m" + std::to_string(number); });
    };
    EXPECT_FALSE(kept(0));
    EXPECT_TRUE(kept(kMore - 1));
    put(0); // it begins again
    EXPECT_EQ(metrics
                  .points({"App", "m0", {{"Host", std::string(1024, 'h')}}}, "",
                          {start, start + std::chrono::minutes(1), std::chrono::minutes(1)})
                  .size(),
              1u);
}

} // namespace
} // namespace streamwright::cloudwatch
