// SPDX-License-Identifier: GPL-3.0-or-later
// Icons for painting often and at any zoom: kept as pixmaps of a few sizes, drawn from the next larger one. GUI thread.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace streamwright::gui {

void paintIcon(QPainter& painter, const QString& name, const QColor& colour, const QRectF& rect);

} // namespace streamwright::gui
