// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/chart_export.h"

#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QtSvg/QSvgGenerator>
#include <map>

#include "app/gui/monitor/number_text.h"
#include "app/gui/monitor/time_chart.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr int kSharpness = 2; // pixels of a PNG a logical pixel

QString quoted(QString text)
{
    if (!text.contains(',') && !text.contains('"') && !text.contains('\n')) return text;
    return '"' + text.replace('"', "\"\"") + '"';
}

void paintLegend(QPainter& painter, TimeChart& chart, double y)
{
    const QFontMetrics metrics(painter.font());
    double x = 8;
    const std::vector<ChartLine>& lines = chart.data().lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (chart.legend().hidden().contains(lines[i].key)) continue;
        painter.setPen(QPen(Theme::instance().seriesColour(static_cast<int>(i)), 3));
        painter.drawLine(QPointF(x, y + metrics.height() / 2.0), QPointF(x + 10, y + metrics.height() / 2.0));
        painter.setPen(colour(Theme::Text));
        painter.drawText(QPointF(x + 15, y + metrics.ascent()), lines[i].label);
        x += 15 + metrics.horizontalAdvance(lines[i].label) + 14;
    }
}

void paint(QPainter& painter, TimeChart& chart, const QSize& size)
{
    painter.fillRect(QRect({}, size), colour(Theme::Surface));
    painter.setFont(chart.font());
    const int line = chart.fontMetrics().height() + 4;
    painter.setPen(colour(Theme::Text));
    const QString unit = unitText(chart.data().unit);
    painter.drawText(QPointF(8, line), chart.data().title + (unit.isEmpty() ? QString() : " (" + unit + ")"));
    paintLegend(painter, chart, line + 6);
    const QRectF target(0, 2.0 * line + 6, chart.plot().viewport()->width(), chart.plot().viewport()->height());
    chart.plot().render(&painter, target, chart.plot().viewport()->rect());
}

QSize pictureSize(TimeChart& chart)
{
    const QSize plot = chart.plot().viewport()->size();
    return {plot.width(), plot.height() + 2 * (chart.fontMetrics().height() + 4) + 8};
}

bool savePng(TimeChart& chart, const QString& path)
{
    const QSize size = pictureSize(chart);
    QImage image(size * kSharpness, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kSharpness);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, chart, size);
    painter.end();
    return image.save(path, "PNG");
}

bool saveSvg(TimeChart& chart, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(pictureSize(chart));
    generator.setViewBox(QRect({}, pictureSize(chart)));
    generator.setTitle(chart.data().title);
    QPainter painter(&generator);
    paint(painter, chart, pictureSize(chart));
    painter.end();
    return file.commit();
}

bool saveCsv(TimeChart& chart, const QString& path)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(chartTable(chart.data()).toUtf8()) >= 0 && file.commit();
}

} // namespace

QString chartTable(const ChartData& data)
{
    std::vector<std::pair<QString, const std::vector<QPointF>*>> columns;
    for (const ChartLine& line : data.lines) {
        columns.emplace_back(line.label, &line.points);
        if (!line.baseline.empty()) columns.emplace_back(line.label + " (baseline)", &line.baseline);
    }
    std::map<double, std::vector<QString>> rows;
    for (std::size_t i = 0; i < columns.size(); ++i)
        for (const QPointF& point : *columns[i].second) {
            std::vector<QString>& row = rows[point.x()];
            row.resize(columns.size());
            row[i] = QString::number(point.y(), 'g', 12);
        }
    QString out = "seconds";
    for (const auto& column : columns)
        out += ',' + quoted(column.first);
    out += '\n';
    for (const auto& [time, row] : rows) {
        out += QString::number(time, 'g', 12);
        for (const QString& value : row)
            out += ',' + value;
        out += '\n';
    }
    return out;
}

bool saveChart(TimeChart& chart, const QString& path)
{
    if (path.endsWith(".png", Qt::CaseInsensitive)) return savePng(chart, path);
    if (path.endsWith(".svg", Qt::CaseInsensitive)) return saveSvg(chart, path);
    return saveCsv(chart, path);
}

} // namespace streamwright::gui
