// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's drawing: 6 charts of 8 series of one hour, new data every tick, and the heat map of 1,000 shards over 300
// seconds. Offscreen, software painting, the time of the GUI thread alone: data comes decimated from the bridge's thread.
#include <QApplication>
#include <QWidget>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

#include "app/gui/monitor/heat_map_view.h"
#include "app/gui/monitor/time_chart.h"

namespace streamwright::gui {

namespace {

constexpr int kCharts = 6, kSeries = 8, kHour = 3600, kTicks = 60;
constexpr double kBudget = 15; // milliseconds a tick, design.md section 6

struct Times {
    double median = 0, p95 = 0;
};

// Of this thread alone: what else the machine does is not counted.
double threadMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Times measure(const std::function<void(int)>& tick)
{
    std::vector<double> times;
    for (int i = 0; i < kTicks; ++i) {
        const double begin = threadMilliseconds();
        tick(i);
        times.push_back(threadMilliseconds() - begin);
        QApplication::processEvents();
    }
    std::sort(times.begin(), times.end());
    return {times[kTicks / 2], times[kTicks * 95 / 100]};
}

ChartData dataOf(int chart, int tick, std::size_t points)
{
    ChartData data;
    data.key = std::to_string(chart);
    data.title = "Incoming records";
    data.unit = "records/s";
    data.limit = {{0, 1000}};
    for (int s = 0; s < kSeries; ++s) {
        ChartLine line{std::to_string(s), QString("shardId-%1").arg(s), {}, {}};
        for (std::size_t i = 0; i < points; ++i) {
            const double seconds = static_cast<double>(i) * kHour / static_cast<double>(points);
            line.points.emplace_back(seconds, 500 + 300 * std::sin(seconds / 200 + s + tick * 0.1) + (i % 2 ? 60 : 0));
        }
        data.lines.push_back(std::move(line));
    }
    return data;
}

void benchCharts(const QSize& size, int columns)
{
    TimeWindow window;
    window.setSpan(0);
    window.setEnd(kHour);
    QWidget board;
    board.resize(size);
    std::vector<TimeChart*> charts;
    const int rows = kCharts / columns;
    for (int i = 0; i < kCharts; ++i) {
        charts.push_back(new TimeChart(window, &board));
        charts.back()->setGeometry(i % columns * size.width() / columns, i / columns * size.height() / rows,
                                   size.width() / columns, size.height() / rows);
    }
    board.show();
    QApplication::processEvents();
    const std::size_t points = charts[0]->pointsWanted();
    std::vector<ChartData> data;
    for (int tick = 0; tick < 4; ++tick)
        data.push_back(dataOf(0, tick, points));
    const auto take = [&](int tick) {
        for (TimeChart* chart : charts)
            chart->setData(data[static_cast<std::size_t>(tick) % data.size()]);
    };
    const auto paint = [&] {
        for (TimeChart* chart : charts)
            chart->plot().viewport()->repaint();
    };
    take(0);
    const Times taking = measure(take);
    const Times whole = measure([&](int tick) {
        take(tick);
        paint();
    });
    std::printf("%4d x %4d, %4zu points a line   %8.2f %8.2f %8.2f   %6.0f\n", size.width(), size.height(), points,
                taking.median, whole.median, whole.p95, kBudget);
}

void benchHeatMap(const QSize& size, std::size_t shards, std::size_t columns)
{
    TimeWindow window;
    window.setEnd(static_cast<double>(columns));
    HeatMapView view(window);
    view.resize(size);
    view.show();
    QApplication::processEvents();
    HeatMap map;
    map.from = EngineOptions::kDefaultStart;
    map.columns = columns;
    for (std::size_t row = 0; row < shards; ++row) {
        HeatRow heat{"shardId-" + std::to_string(row), "0.1 %", {}, {}};
        for (std::size_t c = 0; c < columns; ++c) {
            heat.share.push_back(static_cast<float>((row * 31 + c * 17) % 100) / 95);
            heat.throttled.push_back((row * 31 + c * 17) % 100 > 95);
        }
        map.rows.push_back(std::move(heat));
    }
    const Times times = measure([&](int) {
        view.setMap(map, EngineOptions::kDefaultStart);
        view.repaint();
    });
    std::printf("%5zu shards x %zu s at %4d x %4d   %8.2f %8.2f   %6.0f\n", shards, columns, size.width(),
                size.height(), times.median, times.p95, kBudget);
}

} // namespace

} // namespace streamwright::gui

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    using namespace streamwright::gui;
    std::printf("Milliseconds a tick                   data      all  all p95   budget\n");
    std::printf("6 charts x 8 series x 1 h\n");
    benchCharts({1280, 180}, 6);
    benchCharts({1280, 360}, 3);
    benchCharts({2560, 1300}, 3);
    std::printf("Heat map                            median      p95   budget\n");
    benchHeatMap({900, 160}, 1'000, 300);
    benchHeatMap({1800, 1100}, 1'000, 300);
    benchHeatMap({900, 160}, 10'000, 300);
    return 0;
}
