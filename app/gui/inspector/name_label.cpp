// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/name_label.h"

#include <QMouseEvent>

namespace streamwright::gui {

namespace {

// With places to break at that are not seen.
QString breakable(const QString& name)
{
    QString text;
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (i > 0 && name[i].isUpper() && name[i - 1].isLower()) text += QChar(0x200B);
        text += name[i];
    }
    return text;
}

} // namespace

NameLabel::NameLabel(const QString& name, QWidget* parent) : QLabel(breakable(name), parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setMinimumWidth(fontMetrics().averageCharWidth() * 8);
    setAccessibleName(name);
}

void NameLabel::mouseReleaseEvent(QMouseEvent* event)
{
    QLabel::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) emit clicked();
}

} // namespace streamwright::gui
