// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/expectations.h"

#include <cmath>
#include <cstdio>
#include <optional>

#include "core/base/duration_text.h"

namespace streamwright {

namespace {

MetricId idOf(const Expectation& expectation) { return {expectation.node, expectation.part, expectation.metric}; }

// Sums and counts of nothing are 0; of the others nothing can be said without a sample.
std::optional<double> statisticOf(const Statistics& statistics, const std::string& name)
{
    if (name == "Sum") return statistics.sum;
    if (name == "SampleCount") return static_cast<double>(statistics.sampleCount);
    if (statistics.sampleCount == 0) return std::nullopt;
    if (name == "Average") return statistics.average();
    if (name == "Minimum") return statistics.minimum;
    if (name == "Maximum") return statistics.maximum;
    if (name == "p50") return statistics.percentile(0.50);
    if (name == "p90") return statistics.percentile(0.90);
    if (name == "p99") return statistics.percentile(0.99);
    CHECK(false); // the reader lets no other name pass
}

bool holds(double actual, const Expectation& expectation)
{
    const double value = expectation.value;
    if (expectation.is == "==") return actual == value;
    if (expectation.is == "!=") return actual != value;
    if (expectation.is == "<") return actual < value;
    if (expectation.is == "<=") return actual <= value;
    if (expectation.is == ">") return actual > value;
    if (expectation.is == ">=") return actual >= value;
    return std::abs(actual - value) <= expectation.tolerance;
}

std::string numberText(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

} // namespace

void watchExpectations(Engine& engine, const std::vector<Expectation>& expectations, Time runStart)
{
    for (const Expectation& expectation : expectations)
        if (expectation.after) engine.metrics().watch(idOf(expectation), runStart + *expectation.after);
}

std::vector<std::string> failedExpectations(Engine& engine, const std::vector<Expectation>& expectations, Time runStart)
{
    std::vector<std::string> failures;
    for (const Expectation& expectation : expectations) {
        const MetricId id = idOf(expectation);
        const Statistics statistics = expectation.after ? engine.metrics().watched(id, runStart + *expectation.after)
                                                        : engine.metrics().total(id);
        const auto actual = statisticOf(statistics, expectation.statistic);
        if (actual && holds(*actual, expectation)) continue;
        std::string sentence =
            expectation.statistic + " of " + id.node + (id.part.empty() ? "" : "/" + id.part) + "." + id.name;
        if (expectation.after) sentence += " after " + durationText(*expectation.after);
        sentence += actual ? " is " + numberText(*actual) : " has no samples";
        sentence += ", expected " + expectation.is + " " + numberText(expectation.value);
        if (expectation.is == "within") sentence += " +- " + numberText(expectation.tolerance);
        failures.push_back(std::move(sentence));
    }
    return failures;
}

} // namespace streamwright
