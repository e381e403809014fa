// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/line_field.h"

#include <QKeyEvent>
#include <QPainter>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

LineField::LineField(QWidget* parent) : QLineEdit(parent)
{
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LineField::setNote(const QString& note)
{
    if (note == note_) return;
    note_ = note;
    setTextMargins(0, 0, note.isEmpty() ? 0 : fontMetrics().horizontalAdvance(note) + 6, 0);
    update();
}

void LineField::setWrong(bool wrong)
{
    if (wrong == wrong_) return;
    wrong_ = wrong;
    update();
}

void LineField::showText(const QString& text)
{
    if (text == this->text()) return;
    const int cursor = cursorPosition();
    setText(text);
    setCursorPosition(hasFocus() ? std::min(cursor, static_cast<int>(text.size())) : 0);
}

void LineField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    if (!note_.isEmpty()) {
        painter.setPen(colour(isEnabled() ? Theme::TextMuted : Theme::Stopped));
        painter.drawText(rect().adjusted(0, 0, -7, 0), Qt::AlignVCenter | Qt::AlignRight, note_);
    }
    if (wrong_) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour(Theme::Failing), 1.4));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.7, 0.7, -0.7, -0.7), 2.5, 2.5);
    }
}

void LineField::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    const int size = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    if (plain && event->key() == Qt::Key_Up && receivers(SIGNAL(stepWanted(int))) > 0)
        emit stepWanted(size);
    else if (plain && event->key() == Qt::Key_Down && receivers(SIGNAL(stepWanted(int))) > 0)
        emit stepWanted(-size);
    else if (plain && event->key() == Qt::Key_Escape && isModified())
        emit revertWanted();
    else
        QLineEdit::keyPressEvent(event);
}

QSize LineField::sizeHint() const { return {fontMetrics().averageCharWidth() * 20, QLineEdit::sizeHint().height()}; }

QSize LineField::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, QLineEdit::minimumSizeHint().height()};
}

} // namespace streamwright::gui
