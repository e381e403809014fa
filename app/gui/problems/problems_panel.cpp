// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/problems_panel.h"

namespace streamwright::gui {

ProblemsPanel::ProblemsPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

} // namespace streamwright::gui
