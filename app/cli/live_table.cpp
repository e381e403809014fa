// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/live_table.h"

#include <algorithm>
#include <cstdio>

#include "core/base/duration_text.h"

namespace streamwright::cli {

namespace {

// Which metrics feed which column; a node shows those it has.
constexpr const char* kIn[] = {"IncomingRecords", "NumberOfMessagesSent", "DataReadFromKinesisStream.Records", "PutRequests"};
constexpr const char* kOut[] = {"RecordsSent",        "GetRecords.Records", "SubscribeToShardEvent.Records", "DeliveryToS3.Records",
                                "NumberOfMessagesDeleted", "RecordsProcessed"};
constexpr const char* kThrottles[] = {"WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded", "ThrottledRecords"};
constexpr const char* kAges[] = {"GetRecords.IteratorAgeMilliseconds", "IteratorAgeMilliseconds"};
constexpr const char* kAgesInSeconds[] = {"ApproximateAgeOfOldestMessage", "DeliveryToS3.DataFreshness"};
constexpr const char* kWaiting[] = {"ApproximateNumberOfMessagesVisible", "BufferedRecords", "RecordsBehind"};

template <std::size_t N>
bool among(const char* const (&names)[N], const std::string& name)
{
    return std::any_of(std::begin(names), std::end(names), [&](const char* known) { return name == known; });
}

std::string shortNumber(double value)
{
    char text[32];
    if (value >= 1e6)
        std::snprintf(text, sizeof text, "%.2fM", value / 1e6);
    else if (value >= 1e4)
        std::snprintf(text, sizeof text, "%.1fk", value / 1e3);
    else
        std::snprintf(text, sizeof text, value == static_cast<std::int64_t>(value) ? "%.0f" : "%.1f", value);
    return text;
}

std::string ageText(double ms) { return durationText(milliseconds(static_cast<std::int64_t>(ms >= 10'000 ? ms / 1000 : ms) * (ms >= 10'000 ? 1000 : 1))); }

} // namespace

LiveTable::LiveTable(Engine& engine, std::optional<Duration> whole, bool terminal) : engine_(engine), whole_(whole), terminal_(terminal) {}

std::map<std::string, LiveTable::Row> LiveTable::rows()
{
    std::map<std::string, Row> rows;
    for (const NodeSetup& node : engine_.plan().nodes)
        rows[node.id];
    const Duration elapsed = engine_.elapsed();
    const double span = std::max(inSeconds(elapsed - lastShown_), 1e-9);
    lastShown_ = elapsed;
    for (const MetricSnapshot& metric : engine_.metrics().snapshot(MetricStore::Detail::WithHistory)) {
        Row& row = rows[metric.id.node];
        const std::string& name = metric.id.name;
        const bool pushed = name == "SubscribeToShardEvent.Records"; // kept by consumer only
        if (!metric.id.part.empty() && !pushed) continue;
        const Datapoint newest = metric.seconds.empty() ? Datapoint{} : metric.seconds.back();
        const bool recent = engine_.now() - newest.start < seconds(5);
        if (among(kIn, name) || among(kOut, name)) {
            double& last = lastSums_[metric.id.node + "/" + metric.id.part + "." + name];
            (among(kIn, name) ? row.inRate : row.outRate) += (metric.total.sum - std::exchange(last, metric.total.sum)) / span;
        } else if (among(kThrottles, name)) {
            row.throttles += metric.total.sum;
        } else if (among(kAges, name) || among(kAgesInSeconds, name)) {
            row.hasAge = true;
            if (recent) row.ageMilliseconds = std::max(row.ageMilliseconds, newest.maximum * (among(kAgesInSeconds, name) ? 1000 : 1));
        } else if (among(kWaiting, name)) {
            row.hasWaiting = true;
            row.waiting = newest.maximum;
        }
    }
    return rows;
}

std::string LiveTable::progress() const
{
    char held[32];
    std::snprintf(held, sizeof held, "  held %.1f MiB", static_cast<double>(engine_.memory().value()) / (1 << 20));
    const std::string time = isoTime(engine_.now()) + held + "  " + durationText(milliseconds(engine_.elapsed().count() / 1000));
    if (!whole_) return time;
    const double share = std::clamp(inSeconds(engine_.elapsed()) / std::max(inSeconds(*whole_), 1e-9), 0.0, 1.0);
    constexpr int kWidth = 30;
    const int full = static_cast<int>(share * kWidth);
    char percent[16];
    std::snprintf(percent, sizeof percent, " %3.0f %%", share * 100);
    return time + " of " + durationText(*whole_) + "  [" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(kWidth - full), '.') + "]" + percent;
}

void LiveTable::printEvents()
{
    constexpr std::size_t kMostAtOnce = 10;
    const auto events = engine_.events().after(lastEvent_);
    for (std::size_t i = events.size() > kMostAtOnce ? events.size() - kMostAtOnce : 0; i < events.size(); ++i) {
        const Event& event = events[i];
        const char* word = event.severity == Severity::Error ? "error" : event.severity == Severity::Warning ? "warning" : "note";
        std::printf("%s %s: %s%s%s\n", isoTime(event.time).c_str(), word, event.node.c_str(), event.node.empty() ? "" : ": ",
                    event.message.c_str());
    }
    if (!events.empty()) lastEvent_ = events.back().number;
}

void LiveTable::show()
{
    const auto current = rows();
    if (terminal_)
        drawTable(current);
    else
        printLine(current);
    std::fflush(stdout);
}

void LiveTable::last() { show(); }

void LiveTable::drawTable(const std::map<std::string, Row>& rows)
{
    if (linesDrawn_ > 0) std::printf("\x1b[%dA\x1b[J", linesDrawn_); // back to the table's top, and wipe it
    printEvents();
    std::size_t width = 4;
    for (const auto& [id, row] : rows)
        width = std::max(width, id.size());
    const int w = static_cast<int>(width);
    std::printf("%s\n", progress().c_str());
    std::printf("\x1b[1m%-*s %11s %11s %11s %12s %10s\x1b[0m\n", w, "NODE", "IN /s", "OUT /s", "THROTTLES", "AGE", "WAITING");
    for (const auto& [id, row] : rows)
        std::printf("%-*s %11s %11s %s%11s\x1b[0m %12s %10s\n", w, id.c_str(), shortNumber(row.inRate).c_str(),
                    shortNumber(row.outRate).c_str(), row.throttles > 0 ? "\x1b[31m" : "", shortNumber(row.throttles).c_str(),
                    row.hasAge ? ageText(row.ageMilliseconds).c_str() : "", row.hasWaiting ? shortNumber(row.waiting).c_str() : "");
    linesDrawn_ = static_cast<int>(rows.size()) + 2;
}

void LiveTable::printLine(const std::map<std::string, Row>& rows)
{
    printEvents();
    std::string line = progress();
    for (const auto& [id, row] : rows) {
        line += " | " + id + " in " + shortNumber(row.inRate) + "/s out " + shortNumber(row.outRate) + "/s";
        if (row.throttles > 0) line += " throttles " + shortNumber(row.throttles);
        if (row.hasAge) line += " age " + ageText(row.ageMilliseconds);
        if (row.hasWaiting) line += " waiting " + shortNumber(row.waiting);
    }
    std::printf("%s\n", line.c_str());
}

} // namespace streamwright::cli
