// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/find_bar.h"

namespace streamwright::gui {

FindBar::FindBar(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      words_(new QLineEdit(this)),
      count_(new QLabel(this)),
      where_(new QLabel(this))
{
    hide();
}

void FindBar::open() { show(); }
void FindBar::next(int) { }
bool FindBar::eventFilter(QObject* watched, QEvent* event) { return QWidget::eventFilter(watched, event); }

} // namespace streamwright::gui
