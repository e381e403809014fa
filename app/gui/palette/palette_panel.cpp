// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/palette/palette_panel.h"

namespace streamwright::gui {

PalettePanel::PalettePanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
