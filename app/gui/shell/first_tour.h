// SPDX-License-Identifier: GPL-3.0-or-later
// The eight stops of the first tour: from the example to a hot shard and its cure. GUI thread.
#pragma once

#include "app/gui/shell/tour.h"

namespace streamwright::gui {

class MainWindow;

std::vector<Tour::Stop> firstTour(MainWindow& window);

} // namespace streamwright::gui
