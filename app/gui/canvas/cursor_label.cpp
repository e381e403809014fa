// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/cursor_label.h"

#include <QApplication>
#include <QFontMetrics>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

void paintCursorLabel(QPainter& painter, QPoint at, const QString& text, const QColor& frame)
{
    painter.save();
    painter.resetTransform();
    const QFontMetrics metrics(QApplication::font());
    const QRect within(0, 0, metrics.averageCharWidth() * 44, 400);
    QRect box = metrics.boundingRect(within, Qt::TextWordWrap, text).adjusted(-8, -5, 8, 5);
    const QSize room(painter.device()->width(), painter.device()->height());
    box.moveLeft(std::max(4, std::min(at.x() + 16, room.width() - box.width() - 4)));
    // Under the cursor, or above it where there is no room.
    box.moveTop(at.y() + 18 + box.height() < room.height() ? at.y() + 18 : at.y() - 12 - box.height());
    painter.setFont(QApplication::font());
    painter.setPen(frame);
    painter.setBrush(colour(Theme::Surface));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colour(Theme::Text));
    painter.drawText(box.adjusted(8, 5, -7, -5), Qt::TextWordWrap, text);
    painter.restore();
}

} // namespace streamwright::gui
