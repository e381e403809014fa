// SPDX-License-Identifier: GPL-3.0-or-later
// ElidedLabel: a line of text that gives way: what has no room ends in dots and stands in the tooltip. GUI thread.
#pragma once

#include <QLabel>
#include <QPainter>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(const QString& text, QWidget* parent = nullptr) : QLabel(text, parent) { }

    void setToken(Theme::Token token)
    {
        token_ = token;
        update();
    }
    QSize minimumSizeHint() const override { return {fontMetrics().averageCharWidth() * 4, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(colour(token_));
        painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine,
                         fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
    }
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ToolTip && toolTip().isEmpty() &&
            fontMetrics().horizontalAdvance(text()) > contentsRect().width())
            setToolTip(text().toHtmlEscaped());
        return QLabel::event(event);
    }

private:
    Theme::Token token_ = Theme::Text;
};

} // namespace streamwright::gui
