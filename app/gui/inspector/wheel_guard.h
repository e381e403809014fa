// SPDX-License-Identifier: GPL-3.0-or-later
// guardWheel: the wheel over a widget scrolls the form instead of changing the value, unless the widget has the focus.
// GUI thread.
#pragma once

class QWidget;

namespace streamwright::gui {

void guardWheel(QWidget* widget);

} // namespace streamwright::gui
