// SPDX-License-Identifier: GPL-3.0-or-later
// LiveTable: a running pipeline in a terminal: a table redrawn in place, or a line a call where the output is no terminal.
// Main thread; reads the engine's metrics by snapshot only.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace streamwright::cli {

class LiveTable {
public:
    // whole: of the run, for the progress bar; nothing for an endless one.
    LiveTable(Engine& engine, std::optional<Duration> whole, bool terminal);
    void show();
    void finish(); // the end state stays on the screen

private:
    struct Row { // a column is empty where the node has no such metric
        std::string node;
        std::optional<double> inRate, outRate, throttles, ageMilliseconds, waiting, buffered;
    };
    std::vector<Row> rows();
    void addMetric(Row& row, const MetricSnapshot& metric, double span);
    void drawTable(const std::vector<Row>& rows);
    void printLine(const std::vector<Row>& rows);
    void printEvents();
    std::string progress() const;
    static std::string cut(const std::string& line, std::size_t columns);

    Engine& engine_;
    const std::optional<Duration> whole_;
    const bool terminal_;
    int linesDrawn_ = 0;
    std::uint64_t lastEvent_ = 0;
    Duration lastShown_{};
    std::vector<Row> rows_;
    std::map<std::string, double> lastSums_;
};

} // namespace streamwright::cli
