// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window while a pipeline runs at full load: how long the GUI thread does not answer (a watchdog thread sends it
// events and waits; what of the wait was its own work, and what waiting for a processor, tells a busy window from a busy
// machine; beside it, how late a thread with next to nothing to do is), how much memory the process and the engine hold, how
// soon the window is up.
//   window_bench [SECONDS] [SPEED]    60 s and 0 (as fast as the machine can) by default
#include <QtTest>
#include <QtWidgets>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <thread>

#include "app/gui/shell/main_window.h"
#include "core/plugin/registry.h"

using namespace streamwright;
using namespace streamwright::gui;

namespace {

using WallClock = std::chrono::steady_clock;

double since(WallClock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(WallClock::now() - begin).count();
}

double residentMib()
{
    std::ifstream file("/proc/self/statm");
    double all = 0, resident = 0;
    file >> all >> resident;
    return resident * 4096 / (1 << 20);
}

// Asks the GUI thread for an answer every few milliseconds; an answer's delay is how long it was busy with something else.
class Watchdog {
public:
    Watchdog() // on the GUI thread
    {
        pthread_getcpuclockid(pthread_self(), &gui_);
        schedule_ = "/proc/self/task/" + std::to_string(gettid()) + "/schedstat";
        thread_ = std::thread([this] { watch(); });
    }
    ~Watchdog()
    {
        end_ = true;
        thread_.join();
    }
    struct Delay {
        double wall = 0;
        double own = 0; // of it the GUI thread had a processor
        double queued = 0; // of it the GUI thread wanted a processor and had none
        bool operator<(const Delay& other) const { return wall < other.wall; }
    };
    std::vector<Delay> take()
    {
        const std::lock_guard lock(mutex_);
        return std::exchange(delays_, {});
    }

private:
    double processorTime() const
    {
        timespec time{};
        clock_gettime(gui_, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }
    double queuedTime() const
    {
        std::ifstream file(schedule_);
        double ran = 0, queued = 0;
        file >> ran >> queued;
        return queued / 1e6;
    }
    void watch()
    {
        while (!end_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
            const auto asked = WallClock::now();
            const double before = processorTime(), queued = queuedTime();
            auto answered = std::make_shared<std::atomic<bool>>(false);
            QMetaObject::invokeMethod(
                qApp, [answered] { *answered = true; }, Qt::QueuedConnection);
            while (!*answered && !end_)
                std::this_thread::sleep_for(std::chrono::microseconds(300));
            const std::lock_guard lock(mutex_);
            delays_.push_back({since(asked), processorTime() - before, queuedTime() - queued});
        }
    }
    std::mutex mutex_;
    std::vector<Delay> delays_;
    std::atomic<bool> end_ = false;
    clockid_t gui_;
    std::string schedule_;
    std::thread thread_;
};

// What the machine itself does to a thread of the same priority that wakes every few milliseconds for a little arithmetic and four
// pages of memory:
// a delay of the window that this one has too is not the window's.
class Reference {
public:
    Reference() : thread_([this] { wake(); }) { }
    std::vector<double> take() // ms late, one a wake
    {
        end_ = true;
        thread_.join();
        return std::move(late_);
    }

private:
    void wake()
    {
        constexpr std::size_t kPage = 4096, kPages = 1 << 16;
        const std::unique_ptr<char[]> fresh(new char[kPages * kPage]);
        volatile double sum = 0;
        for (std::size_t page = 0; !end_; page = (page + 4) % kPages) {
            const auto asked = WallClock::now();
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
            for (int i = 0; i < 100'000; ++i)
                sum = sum + i;
            for (std::size_t i = 0; i < 4; ++i)
                fresh[(page + i) % kPages * kPage] = 1;
            late_.push_back(since(asked) - 3);
        }
    }
    std::vector<double> late_;
    std::atomic<bool> end_ = false;
    std::thread thread_;
};

// chains: of a producer, a stream and a consumer each. The streams keep little, so that growth would be the window's.
QString generated(int chains, int recordsPerSecond)
{
    QJsonArray nodes, edges;
    QJsonObject layout;
    for (int i = 0; i < chains; ++i) {
        const QString producer = QString("producer%1").arg(i), stream = QString("stream%1").arg(i),
                      consumer = QString("consumer%1").arg(i);
        nodes << QJsonObject{{"id", producer},
                             {"kind", "Local::Producer"},
                             {"properties", QJsonObject{{"RecordsPerSecond", recordsPerSecond}}}}
              << QJsonObject{{"id", stream},
                             {"kind", "AWS::Kinesis::Stream"},
                             {"properties", QJsonObject{{"ShardCount", 1}}}}
              << QJsonObject{{"id", consumer}, {"kind", "Local::Consumer"}, {"properties", QJsonObject{}}};
        edges << QJsonObject{{"from", producer + ".out"}, {"to", stream + ".in"}}
              << QJsonObject{{"from", stream + ".out"}, {"to", consumer + ".in"}};
        const int x = i % 8 * 900, y = i / 8 * 140;
        layout[producer] = QJsonArray{x, y};
        layout[stream] = QJsonArray{x + 280, y};
        layout[consumer] = QJsonArray{x + 560, y};
    }
    const QJsonObject file{
        {"streamwright", 1}, {"name", "generated"}, {"nodes", nodes}, {"edges", edges}, {"layout", layout}};
    const QString path = QDir::temp().filePath(QString("streamwright-bench-%1.json").arg(chains));
    QFile out(path);
    if (out.open(QIODevice::WriteOnly)) out.write(QJsonDocument(file).toJson());
    return path;
}

// An event loop as the application's is: QTest::qWait sleeps between its looks at the queue.
void runEvents(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void measure(const Registry& registry, const QString& path, double speed, int seconds)
{
    const auto begin = WallClock::now();
    MainWindow window(registry);
    window.resize(1600, 1000);
    window.openFile(path);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
    QCoreApplication::processEvents();
    const double up = since(begin);
    for (auto* dock : window.findChildren<QDockWidget*>()) { // all of them at once, beside each other
        dock->setFloating(false);
        dock->show();
    }
    for (auto* bottom : window.findChildren<QDockWidget*>())
        if (window.dockWidgetArea(bottom) == Qt::BottomDockWidgetArea) {
            window.addDockWidget(Qt::BottomDockWidgetArea, bottom, Qt::Horizontal);
            bottom->raise();
        }
    Workbench& bench = window.workbench();
    bench.run.options().engine.speed = speed;
    bench.document.edit("Without end", [](Pipeline& pipeline) { pipeline.runFor.reset(); });
    if (auto started = bench.run.start(); !started) {
        std::printf("%s: %s\n", qPrintable(path), started.problem().text().c_str());
        return;
    }
    for (const Node& node : bench.document.pipeline().nodes)
        if (node.kind == "AWS::Kinesis::Stream") {
            bench.selection.selectNode(node.id);
            emit bench.recordsWanted(QString::fromStdString(node.id));
            emit bench.monitorWanted(QString::fromStdString(node.id));
            break;
        }
    runEvents(2000); // what opens, opens
    Watchdog watchdog;
    Reference reference;
    std::vector<Watchdog::Delay> delays;
    const double memory = residentMib(), held = double(bench.run.live().memory.value()) / (1 << 20);
    std::printf("%s, %zu nodes, speed %s; window up in %.0f ms\n", qPrintable(QFileInfo(path).fileName()),
                bench.document.pipeline().nodes.size(), speed == 0 ? "max" : qPrintable(QString::number(speed)), up);
    for (int second = 0; second < seconds; second += 5) {
        runEvents(5000);
        const std::vector<Watchdog::Delay> some = watchdog.take();
        delays.insert(delays.end(), some.begin(), some.end());
        const Watchdog::Delay worst =
            some.empty() ? Watchdog::Delay{5000, 5000, 0} : *std::max_element(some.begin(), some.end());
        std::printf("  %3d s: longest %6.1f ms (%.1f own work, %.1f waiting for a processor), resident %7.1f MiB, "
                    "engine keeps %7.1f MiB, run "
                    "at %.0f s\n",
                    second + 5, worst.wall, worst.own, worst.queued, residentMib(),
                    double(bench.run.live().memory.value()) / (1 << 20), inSeconds(bench.run.live().elapsed));
        std::fflush(stdout);
    }
    std::sort(delays.begin(), delays.end());
    std::vector<double> own;
    for (const auto& delay : delays)
        own.push_back(delay.own);
    std::ranges::sort(own);
    const auto over = std::ranges::count_if(delays, [](const auto& delay) { return delay.wall > 50; });
    std::printf(
        "  stalls: median %.1f, p99 %.1f, most %.1f ms (budget 50), %lld over it of %zu; own work: p99 %.1f, most "
        "%.1f ms; resident %+.1f MiB, of it the engine %+.1f MiB\n",
        delays[delays.size() / 2].wall, delays[delays.size() * 99 / 100].wall, delays.back().wall, (long long)over,
        delays.size(), own[own.size() * 99 / 100], own.back(), residentMib() - memory,
        double(bench.run.live().memory.value()) / (1 << 20) - held);
    const std::vector<double> late = reference.take();
    std::printf("  a thread with next to nothing to do: most %.1f ms late, %lld times over 50 of %zu\n",
                *std::max_element(late.begin(), late.end()),
                (long long)std::ranges::count_if(late, [](double ms) { return ms > 50; }), late.size());
    bench.run.stop();
    runEvents(200);
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    const double speed = argc > 2 ? std::atof(argv[2]) : 0;
    QStandardPaths::setTestModeEnabled(true);
    QApplication app(argc, argv);
    QApplication::setApplicationName("StreamwrightBench");
    QApplication::setOrganizationName("StreamwrightBench");
    Registry registry;
    registerBuiltins(registry);
    if (argc > 3) {
        measure(registry, argv[3], speed, seconds);
        return 0;
    }
    measure(registry, "resources/pipelines/clickstream.json", speed, seconds);
    measure(registry, generated(67, 100), speed, seconds);
    return 0;
}
