// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/inspector_panel.h"

namespace streamwright::gui {

InspectorPanel::InspectorPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
