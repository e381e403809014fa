// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsPanel: the records of an edge, a stream, a queue or a bucket. Owned by the main window; GUI thread.
#pragma once

#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class RecordsPanel : public QWidget {
    Q_OBJECT
public:
    explicit RecordsPanel(Workbench& workbench, QWidget* parent = nullptr);

private:
    Workbench& workbench_;
};

} // namespace streamwright::gui
