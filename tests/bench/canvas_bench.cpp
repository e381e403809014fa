// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas without a display: what opening, looking at and moving over drawings of 200 to 20,000 nodes costs, beside the
// budgets of the design. Paints into a window of 1280 x 800 by the raster engine.
#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <fstream>

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/canvas/canvas_view.h"

using namespace streamwright;
using namespace streamwright::gui;

namespace {

constexpr int kFrames = 60, kEdits = 5;

// Chains of producer, stream and consumer in a grid.
void writeDrawing(const QString& path, int nodes)
{
    const int chains = (nodes + 2) / 3, columns = std::max(1, static_cast<int>(std::sqrt(chains / 4.0)));
    Json file = {{"streamwright", 1}, {"nodes", Json::array()}, {"edges", Json::array()}, {"layout", Json::object()}};
    for (int i = 0; i < chains; ++i) {
        const std::string n = std::to_string(i);
        const int x = i % columns * 900, y = i / columns * 120;
        file["nodes"].push_back(
            {{"id", "source-" + n}, {"kind", "Local::Producer"}, {"properties", {{"RecordsPerSecond", 20}}}});
        file["nodes"].push_back({{"id", "stream-" + n}, {"kind", "AWS::Kinesis::Stream"}});
        file["nodes"].push_back({{"id", "reader-" + n}, {"kind", "Local::Consumer"}});
        file["edges"].push_back({{"from", "source-" + n + ".out"}, {"to", "stream-" + n + ".in"}});
        file["edges"].push_back({{"from", "stream-" + n + ".out"}, {"to", "reader-" + n + ".in"}});
        file["layout"]["source-" + n] = {x, y};
        file["layout"]["stream-" + n] = {x + 280, y};
        file["layout"]["reader-" + n] = {x + 560, y};
    }
    std::ofstream(path.toStdString()) << file.dump();
}

template <typename Work>
double milliseconds(Work work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

// p95 and the least of several; on a machine shared with others the least says what the work costs.
struct Figures {
    double p95 = 0, least = 0;
};
Figures figures(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() * 95 / 100], times.front()};
}

template <typename Frame>
Figures frames(CanvasView& view, Frame frame)
{
    std::vector<double> times;
    for (int i = 0; i < kFrames; ++i)
        times.push_back(milliseconds([&] {
            frame(i);
            view.viewport()->repaint();
        }));
    return figures(times);
}

void print(const char* what, int nodes, const Figures& reached, double budget)
{
    std::printf("%-34s %7d %10.1f %10.1f", what, nodes, reached.p95, reached.least);
    budget > 0 ? std::printf(" %10.0f  %s\n", budget, reached.p95 <= budget ? "holds" : "MISSED") : std::printf("\n");
    std::fflush(stdout);
}

using Change = void (*)(Pipeline& pipeline, int turn);
std::vector<std::pair<const char*, Change>> edits()
{
    return {{"one node moved",
             [](Pipeline& pipeline, int turn) {
                 pipeline.layout["stream-0"] = {20 + turn, 20};
             }},
            {"one property edited",
             [](Pipeline& pipeline, int turn) { pipeline.nodes[0].properties["RecordsPerSecond"] = 21 + turn; }},
            {"one node added", [](Pipeline& pipeline, int turn) {
                 Node node;
                 node.id = "added-" + std::to_string(turn);
                 node.kind = "AWS::Kinesis::Stream";
                 pipeline.layout[node.id] = {0, -200 - 100 * turn};
                 pipeline.nodes.push_back(std::move(node));
             }}};
}

void measure(const Registry& registry, const QTemporaryDir& folder, int nodes)
{
    Workbench bench(registry);
    CanvasPanel panel(bench);
    panel.resize(1280, 800);
    panel.show();
    QTest::qWait(50);
    CanvasView& view = panel.view();
    const QString path = folder.filePath(QString::number(nodes) + ".json");
    writeDrawing(path, nodes);
    const double opening = milliseconds([&] {
        if (!bench.document.open(path)) std::exit(1);
        view.viewport()->repaint();
    });
    print("opening, ms", nodes, {opening, opening}, nodes == 1000 ? 300 : 0);
    QTest::qWait(2500); // the scene sorts new items into its index two seconds later
    view.fitDrawing();
    print("fit-all frame, ms", nodes, frames(view, [](int) {}), nodes == 1000 ? 5 : nodes == 5000 ? 15 : 0);
    view.setZoom(1);
    const auto pan = [&](int i) {
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + (i % 20 < 10 ? 37 : -37));
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + (i % 20 < 10 ? 19 : -19));
    };
    print("pan frame at 1:1, ms", nodes, frames(view, pan), nodes == 1000 ? 16 : 0);
    view.setZoom(0.3);
    print("pan frame at 0.3, ms", nodes, frames(view, pan), nodes == 1000 ? 16 : 0);
    view.fitDrawing();
    const double farthest = view.zoom(), step = std::pow(1.0 / farthest, 2.0 / kFrames);
    const auto zoom = [&](int i) { view.zoomAt(i < kFrames / 2 ? step : 1 / step, {500, 400}); };
    print("zoom frame, fit-all to 1:1, ms", nodes, frames(view, zoom), nodes == 1000 ? 16 : 0);
    const double budget = nodes == 20'000 ? 100 : 0;
    Document alone(registry);
    if (!alone.open(path.toStdString())) std::exit(1);
    for (const auto& [what, change] : edits()) {
        std::vector<double> all, unseen; // the document's part of it
        for (int i = 0; i < kEdits; ++i) {
            const auto edit = [&, i](Pipeline& pipeline) { change(pipeline, i); };
            all.push_back(milliseconds([&] { bench.document.edit(what, edit); }));
            unseen.push_back(milliseconds([&] { alone.edit(what, edit); }));
        }
        print(QString("%1, ms").arg(what).toUtf8().constData(), nodes, figures(all), budget);
        print("  of it the document's part, ms", nodes, figures(unseen), 0);
    }
}

// A tick: the live view on every visible card and edge, and the whole window painted anew.
void measureTick(const Registry& registry, const QTemporaryDir& folder)
{
    constexpr int kVisible = 50;
    Workbench bench(registry);
    CanvasPanel panel(bench);
    panel.resize(1280, 800);
    panel.show();
    const QString path = folder.filePath("live.json");
    writeDrawing(path, kVisible);
    if (!bench.document.open(path)) std::exit(1);
    CanvasView& view = panel.view();
    view.fitDrawing();
    view.setZoom(0.55); // all in sight, with their texts
    bench.run.options().engine.speed = 20;
    if (!bench.run.start()) std::exit(1);
    std::vector<double> times;
    QObject::connect(&bench.run, &RunBridge::liveChanged, &panel, [&] {
        times.push_back(milliseconds([&] {
            panel.scene().freshen(view.visibleRect());
            view.viewport()->repaint();
        }));
    });
    QTest::qWaitFor([&] { return times.size() >= 40; }, 60'000);
    bench.run.stop();
    int visible = 0;
    for (const auto& [id, item] : panel.scene().nodes())
        visible += view.visibleRect().contains(item->card());
    print("tick, every card painted, ms", visible, figures(times), 12);
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Registry registry;
    registerBuiltins(registry);
    const QTemporaryDir folder;
    std::printf("%-34s %7s %10s %10s %10s\n", "canvas", "nodes", "p95", "least", "budget");
    measureTick(registry, folder);
    for (const int nodes : {200, 1000, 5000, 20000})
        measure(registry, folder, nodes);
    return 0;
}
