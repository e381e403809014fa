// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as the canvas writes them, short: 1.2 k, 3.4 MB, 2.5 s. Any thread.
#pragma once

#include <QString>

#include "core/base/units.h"

namespace streamwright::gui {

QString shortNumber(double value);
QString shortBytes(double bytes);
QString shortAge(Duration age);

} // namespace streamwright::gui
