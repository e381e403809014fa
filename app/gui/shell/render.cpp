// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/render.h"

#include <QBuffer>
#include <QEventLoop>
#include <QImageWriter>
#include <QSvgGenerator>

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/monitor/monitor_panel.h"
#include "core/base/file.h"

namespace streamwright::gui {

namespace {

constexpr double kDashboardShare = 0.42; // of the height, with --after

Result<void> runFor(Workbench& bench, Duration duration)
{
    bench.document.edit("Run", [duration](Pipeline& pipeline) { pipeline.runFor = duration; });
    bench.run.setSpeed(0);
    if (auto started = bench.run.start(); !started) return started;
    QEventLoop loop;
    QObject::connect(&bench.run, &RunBridge::stateChanged, &loop, [&] {
        if (!bench.run.active()) loop.quit();
    });
    loop.exec();
    if (bench.run.state() == RunState::Failed)
        return Problem{ProblemCode::InvalidInput, bench.run.failure().toStdString(), ""};
    // The view of the end, and the charts' answers to it.
    QEventLoop settled;
    QObject::connect(&bench.run, &RunBridge::liveChanged, &settled, &QEventLoop::quit);
    bench.run.showMoment({});
    settled.exec();
    // Questions are answered in their order: what the monitor asked, and asked upon that answer, is answered by then.
    for (int round = 0; round < 4; ++round) {
        QEventLoop answered;
        bench.run.ask(
            &answered, [](Engine&) { return 0; }, [&](int) { answered.quit(); });
        answered.exec();
    }
    return {};
}

} // namespace

Result<void> writePicture(const QString& path, QSize size, const Painting& painting)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QRectF area(QPointF(0, 0), size);
    if (path.endsWith(".svg", Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(size);
        svg.setViewBox(area);
        svg.setTitle("Streamwright");
        QPainter painter(&svg);
        painter.fillRect(area, colour(Theme::Canvas));
        painting(painter, area);
    } else if (path.endsWith(".png", Qt::CaseInsensitive)) {
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(colour(Theme::Canvas));
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painting(painter, area);
        painter.end();
        image.save(&buffer, "PNG");
    } else {
        return Problem{ProblemCode::InvalidInput, "a picture's name must end in .png or .svg", path.toStdString()};
    }
    return writeFileAtomically(path.toStdString(),
                               std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

Result<void> render(const RenderOptions& options, const Registry& registry)
{
    Theme::instance().choose(options.theme);
    Workbench bench(registry);
    if (auto opened = bench.document.open(options.file); !opened) return opened.problem();
    if (!bench.document.problems().empty()) {
        // The first, and how many there are; "validate" tells all with their lines.
        Problem problem = bench.document.problems().front();
        problem.place = options.file.toStdString() + " (" + problem.place + ")";
        if (const std::size_t more = bench.document.problems().size() - 1; more > 0)
            problem.message += " (and " + std::to_string(more) + " more: streamwright validate)";
        return problem;
    }
    CanvasPanel canvas(bench);
    if (!options.after)
        return writePicture(options.out, options.size,
                            [&](QPainter& painter, const QRectF& area) { canvas.paintDrawing(painter, area); });
    MonitorPanel monitor(bench);
    const int monitorHeight = static_cast<int>(options.size.height() * kDashboardShare);
    monitor.setAttribute(Qt::WA_DontShowOnScreen);
    monitor.resize(options.size.width(), monitorHeight);
    monitor.show();
    if (auto ran = runFor(bench, *options.after); !ran) return ran;
    return writePicture(options.out, options.size, [&](QPainter& painter, const QRectF& area) {
        canvas.paintDrawing(painter, area.adjusted(0, 0, 0, -monitorHeight));
        monitor.render(&painter, QPoint(0, options.size.height() - monitorHeight));
    });
}

} // namespace streamwright::gui
