// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/monitor_panel.h"

namespace streamwright::gui {

MonitorPanel::MonitorPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
