// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

CanvasBar::CanvasBar(const QList<QAction*>& actions, QWidget* parent) : QFrame(parent)
{
    setObjectName("canvasBar");
    setAccessibleName(tr("Canvas actions"));
    setCursor(Qt::ArrowCursor);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 4, 4, 4);
    row->setSpacing(2);
    const int side = fontMetrics().height() * 5 / 4;
    for (QAction* action : actions) {
        if (!action) {
            row->addSpacing(side / 2);
            continue;
        }
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus); // the keys stay the canvas's
        button->setIconSize({side, side});
        button->setAccessibleName(action->text());
        row->addWidget(button);
    }
    adjustSize();
}

void CanvasBar::placeInCorner() { move(12, parentWidget()->height() - height() - 12); }

void CanvasBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour(Theme::Border));
    painter.setBrush(colour(Theme::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace streamwright::gui
