// SPDX-License-Identifier: GPL-3.0-or-later
// Icons of actions that follow the theme. GUI thread.
#pragma once

#include <QAction>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

// resources/icons/NAME.svg, in the colours of whichever theme is on; called again, it is another icon.
inline void setActionIcon(QAction& action, const QString& name)
{
    const bool isNew = !action.property("iconName").isValid();
    action.setProperty("iconName", name);
    action.setIcon(Theme::instance().icon(name));
    if (isNew)
        QObject::connect(&Theme::instance(), &Theme::changed, &action,
                         [&action] { action.setIcon(Theme::instance().icon(action.property("iconName").toString())); });
}

} // namespace streamwright::gui
