// SPDX-License-Identifier: GPL-3.0-or-later
// The records panel over a run's 100,000s of records: what a frame costs while scrolling, how long a row is a placeholder,
// what it costs that others come while one reads, how fast a filter looks through all.
#include <QtTest>
#include <QtWidgets>

#include <algorithm>
#include <cstdio>

#include "app/gui/records/records_panel.h"
#include "core/plugin/registry.h"

using namespace streamwright;
using namespace streamwright::gui;

namespace {

double millisecondsOf(const std::function<void()>& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void print(const char* what, std::vector<double> values)
{
    std::ranges::sort(values);
    const auto at = [&](double share) { return values[static_cast<std::size_t>(share * double(values.size() - 1))]; };
    std::printf("%-52s %8.2f %8.2f %8.2f   (%zu)\n", what, at(0.5), at(0.95), values.back(), values.size());
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Registry registry;
    registerBuiltins(registry);
    Workbench bench(registry);
    if (!bench.document.open("resources/pipelines/clickstream.json")) return 1;
    RecordsPanel panel(bench);
    panel.resize(1280, 800);
    panel.show();
    bench.run.options().engine.speed = 0;
    const Duration duration = seconds(argc > 1 ? std::atoi(argv[1]) : 600);
    bench.document.edit("How long", [&](Pipeline& pipeline) { pipeline.runFor = duration; });
    if (!bench.run.start()) return 1;
    while (bench.run.state() != RunState::Finished)
        QTest::qWait(20);
    emit bench.recordsWanted("clicks");
    auto* table = panel.findChild<QTableView*>("recordsTable");
    auto* model = panel.findChild<RecordsModel*>();
    (void)QTest::qWaitFor([&] { return model->rowCount() > 0; }, 10'000);
    std::printf("%d records, panel 1280x800, offscreen\n%-52s %8s %8s %8s\n", model->rowCount(), "milliseconds",
                "median", "p95", "most");

    std::vector<double> frames, filled;
    QScrollBar* bar = table->verticalScrollBar();
    const int page = bar->pageStep();
    for (int step = 0; step < 400; ++step) { // paging, then jumps by a 400th of all
        const int to = step < 200 ? bar->value() + page : (step - 200) * (bar->maximum() / 200);
        frames.push_back(millisecondsOf([&] {
            bar->setValue(to);
            table->viewport()->repaint();
        }));
        const int top = table->rowAt(1);
        filled.push_back(
            millisecondsOf([&] { (void)QTest::qWaitFor([&] { return model->record(top) != nullptr; }, 5000); }));
    }
    print("a frame of scrolling (budget 16)", frames);
    print("until the rows have been read", filled);

    auto* filter = panel.findChild<QLineEdit*>("recordsFilter");
    const double search = millisecondsOf([&] {
        filter->setText("milliseconds > 890 and agent = tablet");
        QTest::keyClick(filter, Qt::Key_Return);
        (void)QTest::qWaitFor([&] { return !model->searching(); }, 60'000);
    });
    std::printf("%-52s %8.0f   (%d found)\n", "a filter on two fields, all records", search, model->rowCount());
    filter->clear();
    QTest::keyClick(filter, Qt::Key_Return);

    // Others come in while one reads: the run goes on at 100 times its pace.
    bench.run.options().engine.speed = 100;
    bench.document.edit("How long", [](Pipeline& pipeline) { pipeline.runFor.reset(); });
    if (!bench.run.start()) return 1;
    (void)QTest::qWaitFor([&] { return model->rowCount() > 100'000; }, 60'000);
    std::vector<double> follows;
    for (int i = 0; i < 20; ++i) {
        const int before = model->rowCount();
        double longest = 0;
        QElapsedTimer limit;
        limit.start();
        while (model->rowCount() == before && limit.elapsed() < 5000)
            longest = std::max(longest, millisecondsOf([] { QCoreApplication::processEvents(); }));
        follows.push_back(longest);
    }
    print("following at 120,000 records/s: longest turn", follows);
    std::printf("%d records then\n", model->rowCount());
    bench.run.stop();
    return 0;
}
