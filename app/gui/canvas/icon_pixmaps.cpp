// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/icon_pixmaps.h"

#include <QHash>
#include <QPaintEngine>
#include <QPixmap>
#include <cmath>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

using Key = std::tuple<QString, QRgb, int>;

int sizeFor(double pixels)
{
    for (const int size : {12, 16, 22, 24, 32, 44, 48, 64, 96, 128})
        if (pixels <= size + 0.5) return size;
    return 256;
}

} // namespace

void paintIcon(QPainter& painter, const QString& name, const QColor& colour, const QRectF& rect)
{
    if (!painter.paintEngine() || painter.paintEngine()->type() != QPaintEngine::Raster) {
        Theme::instance().icon(name, colour).paint(&painter, rect.toAlignedRect());
        return;
    }
    static std::map<Key, QPixmap> kept;
    const QTransform transform = painter.deviceTransform();
    const double zoom = std::hypot(transform.m11(), transform.m12());
    const int size = sizeFor(rect.width() * zoom);
    auto [found, isNew] = kept.try_emplace({name, colour.rgba(), size});
    if (isNew) found->second = Theme::instance().icon(name, colour).pixmap(QSize(size, size), 1.0);
    const bool exact = std::abs(rect.width() * zoom - size) < 0.01;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !exact);
    painter.drawPixmap(rect, found->second, QRectF(found->second.rect()));
}

} // namespace streamwright::gui
