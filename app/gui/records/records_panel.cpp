// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_panel.h"

namespace streamwright::gui {

RecordsPanel::RecordsPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
