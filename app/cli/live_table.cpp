// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/live_table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/base/duration_text.h"

namespace streamwright::cli {

namespace {

// Which metrics feed which column; a node shows those it has.
constexpr const char* kIn[] = {"IncomingRecords", "NumberOfMessagesSent", "DataReadFromKinesisStream.Records",
                               "PutRequests"};
constexpr const char* kOut[] = {"RecordsSent",          "GetRecords.Records",      "SubscribeToShardEvent.Records",
                                "DeliveryToS3.Records", "NumberOfMessagesDeleted", "RecordsProcessed"};
constexpr const char* kThrottles[] = {"WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded",
                                      "ThrottledRecords"};
constexpr const char* kAges[] = {"GetRecords.IteratorAgeMilliseconds", "IteratorAgeMilliseconds"};
constexpr const char* kAgesInSeconds[] = {"ApproximateAgeOfOldestMessage", "DeliveryToS3.DataFreshness"};
constexpr const char* kWaiting[] = {"ApproximateNumberOfMessagesVisible", "RecordsBehind"};

constexpr const char* kBuffered[] = {"BufferedBytes"};
constexpr std::size_t kColumnWidth = 11;
constexpr std::size_t kNoColour = 99;
constexpr Duration kLeastSpan = milliseconds(100);

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

std::size_t terminalWidth()
{
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string sizeText(double bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, bytes >= 1 << 20 ? "%.1f MiB" : "%.1f KiB",
                  bytes / (bytes >= 1 << 20 ? 1 << 20 : 1 << 10));
    return text;
}

Duration roundedTo(Duration duration, Duration unit) { return duration - duration % unit; }

std::string ageText(double ms)
{
    const Duration age = milliseconds(static_cast<std::int64_t>(ms));
    return durationText(roundedTo(age, age >= seconds(10) ? seconds(1) : milliseconds(1)));
}

} // namespace

LiveTable::LiveTable(Engine& engine, std::optional<Duration> whole, bool terminal)
    : engine_(engine),
      whole_(whole),
      terminal_(terminal)
{
}

std::vector<LiveTable::Row> LiveTable::rows()
{
    const Duration elapsed = engine_.elapsed();
    const double span = std::max(inSeconds(elapsed - lastShown_), 1e-9);
    lastShown_ = elapsed;
    std::vector<Row> rows;
    std::map<std::string, std::size_t> byNode;
    const auto plan = engine_.plan();
    for (const NodeSetup& node : plan->nodes) {
        byNode[node.id] = rows.size();
        rows.push_back({node.id, {}, {}, {}, {}, {}, {}});
    }
    for (const MetricSnapshot& metric : engine_.metrics().snapshot(MetricStore::Detail::WithHistory))
        if (const auto row = byNode.find(metric.id.node); row != byNode.end())
            addMetric(rows[row->second], metric, span);
    return rows;
}

void LiveTable::addMetric(Row& row, const MetricSnapshot& metric, double span)
{
    const std::string& name = metric.id.name;
    const bool pushed = name == "SubscribeToShardEvent.Records"; // kept by consumer only
    if (!metric.id.part.empty() && !pushed) return;
    const Datapoint newest = metric.seconds.empty() ? Datapoint{} : metric.seconds.back();
    const double recentMaximum = engine_.now() - newest.start < seconds(5) ? newest.maximum : 0;
    if (among(kIn, name) || among(kOut, name)) {
        double& last = lastSums_[metric.id.node + "/" + metric.id.part + "." + name];
        const double rate = (metric.total.sum - std::exchange(last, metric.total.sum)) / span;
        if (among(kIn, name))
            row.inRate = std::max(row.inRate.value_or(0), rate); // some count what comes in twice: read, and taken
        else
            row.outRate = row.outRate.value_or(0) + rate;
    } else if (among(kThrottles, name)) {
        row.throttles = row.throttles.value_or(0) + metric.total.sum;
    } else if (among(kAges, name)) {
        row.ageMilliseconds = std::max(row.ageMilliseconds.value_or(0), recentMaximum);
    } else if (among(kAgesInSeconds, name)) {
        row.ageMilliseconds = std::max(row.ageMilliseconds.value_or(0), recentMaximum * 1000);
    } else if (among(kWaiting, name)) {
        row.waiting = newest.maximum;
    } else if (among(kBuffered, name)) {
        row.buffered = newest.maximum;
    }
}

std::string LiveTable::progress() const
{
    char held[32];
    std::snprintf(held, sizeof held, "  held %.1f MiB", static_cast<double>(engine_.memory().value()) / (1 << 20));
    const std::string time = durationText(roundedTo(engine_.elapsed(), milliseconds(100)));
    if (!whole_) return time + held + "  " + isoTime(engine_.now());
    const double share = std::clamp(inSeconds(engine_.elapsed()) / std::max(inSeconds(*whole_), 1e-9), 0.0, 1.0);
    constexpr int kWidth = 20;
    const int full = static_cast<int>(share * kWidth);
    char percent[16];
    std::snprintf(percent, sizeof percent, " %3.0f %%", share * 100);
    return time + " of " + durationText(*whole_) + " [" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(kWidth - full), '.') + "]" + percent + held + "  " +
           isoTime(engine_.now());
}

void LiveTable::printEvents()
{
    constexpr std::size_t kMostAtOnce = 10;
    const auto events = engine_.events().after(lastEvent_);
    for (std::size_t i = events.size() > kMostAtOnce ? events.size() - kMostAtOnce : 0; i < events.size(); ++i) {
        const Event& event = events[i];
        const char* word = event.severity == Severity::Error     ? "error"
                           : event.severity == Severity::Warning ? "warning"
                                                                 : "note";
        std::printf("%s %s: %s%s%s\n", isoTime(event.time).c_str(), word, event.node.c_str(),
                    event.node.empty() ? "" : ": ", event.message.c_str());
    }
    if (!events.empty()) lastEvent_ = events.back().number;
}

void LiveTable::show()
{
    // Rates over next to no time would mean nothing: the last ones stand.
    if (rows_.empty() || engine_.elapsed() - lastShown_ >= kLeastSpan) rows_ = rows();
    if (terminal_)
        drawTable(rows_);
    else
        printLine(rows_);
    std::fflush(stdout);
}

void LiveTable::finish()
{
    const bool shown = engine_.elapsed() == lastShown_;
    if (terminal_ || !shown)
        show();
    else
        printEvents();
}

std::string LiveTable::cut(const std::string& line, std::size_t columns) { return line.substr(0, columns); }

void LiveTable::drawTable(const std::vector<Row>& rows)
{
    if (linesDrawn_ > 0) std::printf("\x1b[%dA\x1b[J", linesDrawn_); // back to the table's top, and wipe it
    printEvents();
    const std::size_t width = terminalWidth();
    std::size_t nameWidth = 4;
    for (const Row& row : rows)
        nameWidth = std::max(nameWidth, std::min<std::size_t>(row.node.size(), 30));
    // Columns that do not fit are left out whole: a line that wraps would spoil the table.
    const std::size_t fitting = (std::max(width, nameWidth) - nameWidth) / kColumnWidth;
    const auto print = [&](const std::string& name, const std::vector<std::string>& cells, const char* before,
                           std::size_t coloured) {
        std::printf("%s%-*s", before, static_cast<int>(nameWidth), cut(name, nameWidth).c_str());
        for (std::size_t i = 0; i < std::min(cells.size(), fitting); ++i)
            std::printf("%s%*s", i == coloured ? "\x1b[31m" : "", static_cast<int>(kColumnWidth), cells[i].c_str());
        std::printf("\x1b[0m\n");
    };
    const auto number = [](const std::optional<double>& value) { return value ? shortNumber(*value) : std::string(); };
    std::printf("%s\n", cut(progress(), width).c_str());
    print("NODE", {"IN /s", "OUT /s", "AGE", "WAITING", "BUFFERED", "THROTTLES"}, "\x1b[1m", kNoColour);
    for (const Row& row : rows)
        print(row.node,
              {number(row.inRate), number(row.outRate), row.ageMilliseconds ? ageText(*row.ageMilliseconds) : "",
               number(row.waiting), row.buffered ? sizeText(*row.buffered) : "", number(row.throttles)},
              "", row.throttles.value_or(0) > 0 ? 5 : kNoColour);
    linesDrawn_ = static_cast<int>(rows.size()) + 2;
}

void LiveTable::printLine(const std::vector<Row>& rows)
{
    printEvents();
    std::string line = progress();
    for (const Row& row : rows) {
        line += " | " + row.node;
        if (row.inRate) line += " in " + shortNumber(*row.inRate) + "/s";
        if (row.outRate) line += " out " + shortNumber(*row.outRate) + "/s";
        if (row.throttles.value_or(0) > 0) line += " throttles " + shortNumber(*row.throttles);
        if (row.ageMilliseconds) line += " age " + ageText(*row.ageMilliseconds);
        if (row.waiting) line += " waiting " + shortNumber(*row.waiting);
        if (row.buffered) line += " buffered " + sizeText(*row.buffered);
    }
    std::printf("%s\n", line.c_str());
}

} // namespace streamwright::cli
