// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/heat_legend.h"

#include <QPainter>

#include "app/gui/monitor/heat_map_view.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

HeatLegend::HeatLegend(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Colours: from idle to at the limit; a notch marks throttling"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize HeatLegend::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {metrics.horizontalAdvance(tr("idle")) + rampWidth() + metrics.horizontalAdvance(tr("at its limit")) +
                metrics.horizontalAdvance(tr("throttled")) + 64,
            metrics.height() + 4};
}

void HeatLegend::paintEvent(QPaintEvent*)
{
    if (width() < sizeHint().width()) return;
    QPainter painter(this);
    const int line = fontMetrics().height(), middle = height() / 2;
    int x = 0;
    const auto say = [&](const QString& text) {
        painter.setPen(colour(Theme::TextMuted));
        const int wide = fontMetrics().horizontalAdvance(text);
        painter.drawText(QRect(x, 0, wide + 1, height()), Qt::AlignVCenter, text);
        x += wide + 6;
    };
    say(tr("idle"));
    for (int i = 0; i < rampWidth(); ++i)
        painter.fillRect(x + i, middle - line / 3, 1, line * 2 / 3,
                         HeatMapView::heatColour(static_cast<double>(i) / rampWidth()));
    x += rampWidth() + 6;
    say(tr("at its limit"));
    x += 12;
    const QRect cell(x, middle - line / 3, line, line * 2 / 3);
    painter.fillRect(cell, HeatMapView::heatColour(1));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Theme::TextOnAccent));
    const QPointF corner = cell.topLeft();
    const QPointF points[] = {corner + QPointF(0.5, 0.5), corner + QPointF(7, 0.5), corner + QPointF(0.5, 7)};
    painter.drawPolygon(points, 3);
    x += line + 6;
    say(tr("throttled"));
}

} // namespace streamwright::gui
