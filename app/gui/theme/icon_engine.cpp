// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/theme/icon_engine.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace streamwright::gui {

namespace {

QByteArray svgOf(const QString& name)
{
    QFile file(":/icons/" + name + ".svg");
    if (!file.open(QIODevice::ReadOnly)) file.setFileName(":/icons/node.svg");
    if (!file.isOpen() && !file.open(QIODevice::ReadOnly)) return {};
    return file.readAll();
}

} // namespace

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State)
{
    QColor ink = colour_;
    if (mode == QIcon::Disabled) ink.setAlphaF(0.38F);
    // Qt's SVG knows no alpha in hexadecimal colours: the colour goes in the text, the alpha on the painter.
    QByteArray svg = svgOf(name_);
    svg.replace("currentColor", QColor(ink.rgb()).name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    painter->save();
    painter->setOpacity(painter->opacity() * ink.alphaF());
    renderer.render(painter, rect);
    painter->restore();
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    const QString key = QString("icon/%1/%2/%3x%4/%5")
                            .arg(name_, colour_.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(mode);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace streamwright::gui
