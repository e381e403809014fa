// SPDX-License-Identifier: GPL-3.0-or-later
// Times, rates and sizes as people read them. Values; any thread.
#pragma once

#include <QString>

#include "core/base/units.h"

namespace streamwright::gui {

QString clockText(Duration elapsed); // "00:12:07", "3 d 00:12:07"
QString countText(double count); // "0", "950", "1.2 k", "3.4 M"
QString bytesText(double bytes); // "0 B", "1.5 KiB", "20 MiB"
QString rateText(double perSecond, const QString& unit); // "1.2 k records/s"

} // namespace streamwright::gui
