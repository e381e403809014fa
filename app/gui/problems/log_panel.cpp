// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/log_panel.h"

namespace streamwright::gui {

LogPanel::LogPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
