// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/theme/style.h"

#include <QPainter>
#include <QStyleOption>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

void drawCheckBox(const QStyleOption& option, QPainter& painter)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const bool lit = option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    const QColor ink = colour(!enabled ? Theme::Stopped : on || lit ? Theme::Accent : Theme::TextMuted);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    const QRectF box(option.rect.x() + 0.5, option.rect.center().y() - side / 2 + 0.5, side, side);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.3));
    painter.setBrush(on ? ink : colour(Theme::Surface));
    painter.drawRoundedRect(box, 3, 3);
    if (!on) return;
    painter.setPen(QPen(colour(Theme::TextOnAccent), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) { return QPointF(box.x() + x * side, box.y() + y * side); };
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    else
        painter.drawPolyline(QPolygonF({at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)}));
}

void drawSlider(const QStyle& style, const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget)
{
    const QRectF handle = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, widget);
    const QRectF groove = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, widget);
    const QPointF middle = handle.center();
    const bool enabled = option.state & QStyle::State_Enabled;
    const QColor ink = colour(enabled ? Theme::Accent : Theme::Stopped);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Theme::Border), 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(groove.left() + 3, middle.y()), QPointF(groove.right() - 3, middle.y()));
    painter.setPen(QPen(ink, 4, Qt::SolidLine, Qt::RoundCap));
    const double from = option.upsideDown ? groove.right() - 3 : groove.left() + 3;
    painter.drawLine(QPointF(from, middle.y()), middle);
    const double radius = std::min(handle.width(), handle.height()) / 2 - 1;
    painter.setPen(QPen(ink, option.state & QStyle::State_HasFocus ? 2.5 : 1.5));
    painter.setBrush(colour(Theme::Surface));
    painter.drawEllipse(middle, radius, radius);
}

void drawFieldFrame(const QStyleOption& option, QPainter& painter)
{
    const bool focused = option.state & QStyle::State_HasFocus;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour(focused ? Theme::Accent : Theme::Border), focused ? 1.5 : 1));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

} // namespace

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    if (element == PE_PanelTipLabel) {
        painter->fillRect(option->rect, colour(Theme::Surface));
        painter->setPen(colour(Theme::Border));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    }
    const bool checkBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    if (!checkBox && element != PE_FrameLineEdit) return QProxyStyle::drawPrimitive(element, option, painter, widget);
    painter->save();
    if (checkBox)
        drawCheckBox(*option, *painter);
    else
        drawFieldFrame(*option, *painter);
    painter->restore();
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    if (metric == PM_ToolTipLabelFrameWidth) return 7;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                              const QWidget* widget) const
{
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type != CT_PushButton || !option) return size;
    const QSize roomy = contents + QSize(2, 1) * option->fontMetrics.height() * 5 / 8;
    return size.expandedTo(roomy);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_Slider || !slider || slider->orientation != Qt::Horizontal)
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    painter->save();
    drawSlider(*this, *slider, *painter, widget);
    painter->restore();
}

} // namespace streamwright::gui
