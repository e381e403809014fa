// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/note_label.h"

#include <QPainter>

namespace streamwright::gui {

NoteLabel::NoteLabel(Theme::Token token, QString icon, QWidget* parent)
    : QLabel(parent),
      token_(token),
      icon_(std::move(icon))
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::NoFocus);
    setMinimumWidth(40);
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * 0.92);
    setFont(font);
    if (!icon_.isEmpty()) setContentsMargins(fontMetrics().height() + 4, 0, 0, 0);
    connect(&Theme::instance(), &Theme::changed, this, &NoteLabel::dress);
    dress();
}

void NoteLabel::dress()
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, colour(token_));
    setPalette(palette);
}

void NoteLabel::paintEvent(QPaintEvent* event)
{
    QLabel::paintEvent(event);
    if (icon_.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int size = fontMetrics().height();
    Theme::instance().icon(icon_, colour(token_)).paint(&painter, QRect(0, 0, size, size));
}

} // namespace streamwright::gui
