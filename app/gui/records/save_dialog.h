// SPDX-License-Identifier: GPL-3.0-or-later
// Asks where to save records: a dialog that leaves the window free; then is called with the path that was chosen. GUI thread.
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace streamwright::gui {

void askSavePath(QWidget* parent, const QString& name, const QString& filters,
                 std::function<void(const QString& path)> then);

} // namespace streamwright::gui
