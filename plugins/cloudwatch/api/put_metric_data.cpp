// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

namespace {

constexpr std::size_t kMostDatums = 1'000, kMostValues = 150;
constexpr Duration kMostPast = std::chrono::days(14), kMostAhead = std::chrono::hours(2);
const double kLargestValue = std::ldexp(1.0, 360);

using Refusal = std::optional<api::ApiError>;
using Datum = CustomMetrics::Datum;

bool fits(double value) { return std::abs(value) <= kLargestValue; }

api::ApiError badValue(double value, const std::string& place)
{
    return invalidValue("The value " + std::to_string(value) + " for parameter " + place + " is invalid.");
}

Refusal readTime(const api::Value& given, const std::string& place, Time now, Datum& datum)
{
    datum.time = given.has("Timestamp") ? given.find("Timestamp")->time() : now;
    if (datum.time > now + kMostAhead)
        return invalidValue("The parameter " + place +
                            ".Timestamp must specify a time no more than two hours in the future.");
    if (datum.time < now - kMostPast)
        return invalidValue("The parameter " + place + ".Timestamp must specify a time within the past two weeks.");
    const std::int64_t resolution = given.integer("StorageResolution", 60);
    if (resolution != 1 && resolution != 60)
        return invalidValue("The parameter " + place + ".StorageResolution must be 1 or 60.");
    datum.resolution = seconds(resolution);
    return {};
}

Refusal readValues(const api::Value& given, const std::string& place, Datum& datum)
{
    const auto values = given.items("Values"), counts = given.items("Counts");
    if (values.size() > kMostValues)
        return invalidValue("The collection " + place + ".Values must not have a size greater than 150.");
    if (given.has("Counts") && counts.size() != values.size())
        return invalidValue("The parameters " + place + ".Values and " + place + ".Counts must be of the same size.");
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = values[i].real(), count = counts.empty() ? 1 : counts[i].real();
        const std::string number = std::to_string(i + 1);
        if (!fits(value)) return badValue(value, place + ".Values.member." + number);
        if (!fits(count) || count < 0) return badValue(count, place + ".Counts.member." + number);
        if (count > 0) datum.samples.push_back({value, count});
    }
    return {};
}

Refusal readSet(const api::Value& given, const std::string& place, Datum& datum)
{
    const auto number = [&](const char* member) { return given.find(member)->real(); };
    const CustomMetrics::StatisticSet set{number("SampleCount"), number("Sum"), number("Minimum"), number("Maximum")};
    for (const char* member : {"SampleCount", "Sum", "Minimum", "Maximum"})
        if (!fits(number(member))) return badValue(number(member), place + "." + member);
    if (set.sampleCount <= 0) return badValue(set.sampleCount, place + ".SampleCount");
    if (set.minimum > set.maximum)
        return invalidCombination("The parameter " + place +
                                  ".Maximum must be greater than or equal to the parameter " + place + ".Minimum.");
    datum.set = set;
    return {};
}

Refusal readSamples(const api::Value& given, const std::string& place, Datum& datum)
{
    const std::string members[] = {"Value", "Values", "StatisticValues"};
    std::string first;
    for (const std::string& member : members) {
        if (!given.has(member)) continue;
        if (!first.empty())
            return invalidCombination("The parameters " + place + "." + first + " and " + place + "." + member +
                                      " are mutually exclusive and you have specified both.");
        first = member;
    }
    if (first == "Values") return readValues(given, place, datum);
    if (first == "StatisticValues") return readSet(*given.find("StatisticValues"), place + ".StatisticValues", datum);
    if (first.empty())
        return missingParameter("At least one of the parameters " + place + ".Value, " + place + ".Values and " +
                                place + ".StatisticValues must be specified.");
    const double value = given.find("Value")->real();
    if (!fits(value)) return badValue(value, place + ".Value");
    datum.samples.push_back({value, 1});
    return {};
}

} // namespace

api::Outcome putMetricData(api::Call& call, api::Writer&)
{
    const std::string_view nameSpace = call.input().string("Namespace");
    call.names(nameSpace);
    if (nameSpace.starts_with(kServiceNamespaces))
        return invalidValue("The value " + std::string(nameSpace) + " for parameter Namespace is invalid.");
    const auto given = call.input().items("MetricData");
    if (given.size() > kMostDatums)
        return invalidValue("The collection MetricData must not have a size greater than 1000.");
    std::vector<Datum> data(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string place = "MetricData.member." + std::to_string(i + 1);
        data[i].metric = metricOf(given[i], nameSpace);
        data[i].unit = given[i].string("Unit", "None");
        if (auto refused = readTime(given[i], place, call.now(), data[i])) return *refused;
        if (auto refused = readSamples(given[i], place, data[i])) return *refused;
    }
    const auto metrics = call.host().state<CustomMetrics>();
    for (const Datum& datum : data)
        if (datum.set || !datum.samples.empty()) metrics->put(datum);
    return api::Answered{};
}

} // namespace streamwright::cloudwatch
