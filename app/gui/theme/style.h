// SPDX-License-Identifier: GPL-3.0-or-later
// Style: Fusion, with the marks that its palette cannot make legible on dark ground: check boxes, slider grooves, frames
// and tool tips; with room around the words of buttons. Owned by the application; GUI thread.
#pragma once

#include <QProxyStyle>

namespace streamwright::gui {

class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style() : QProxyStyle("Fusion") { }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace streamwright::gui
