// SPDX-License-Identifier: GPL-3.0-or-later
// How a panel lists rows: a tree view of one level that fills its place. GUI thread.
#pragma once

#include <QTreeView>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

inline void makeRowList(QTreeView& view, const char* name, const QString& accessibleName)
{
    view.setObjectName(name);
    view.setAccessibleName(accessibleName);
    view.setRootIsDecorated(false);
    view.setUniformRowHeights(true);
    view.setFrameShape(QFrame::NoFrame);
    QObject::connect(&Theme::instance(), &Theme::changed, view.viewport(), qOverload<>(&QWidget::update));
}

} // namespace streamwright::gui
