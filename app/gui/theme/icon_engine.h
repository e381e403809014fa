// SPDX-License-Identifier: GPL-3.0-or-later
// IconEngine: draws an own SVG icon (:/icons/NAME.svg, drawn in "currentColor") in a colour, sharp at every scale.
// Owned by its QIcon; GUI thread.
#pragma once

#include <QColor>
#include <QIconEngine>
#include <QString>

namespace streamwright::gui {

class IconEngine : public QIconEngine {
public:
    IconEngine(QString name, QColor colour) : name_(std::move(name)), colour_(colour) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override { return new IconEngine(*this); }

private:
    QString name_;
    QColor colour_;
};

} // namespace streamwright::gui
