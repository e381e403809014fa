// SPDX-License-Identifier: GPL-3.0-or-later
// Workbench: what every panel of the window shares: the document, the selection, the run, and the wishes that one panel has
// of another. Owned by the main window, outlives its panels. GUI thread.
#pragma once

#include <QObject>

#include "app/gui/bridge/run_bridge.h"
#include "app/gui/models/document_model.h"
#include "app/gui/models/selection.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(const Registry& registry) : document(registry), run(document) { }

    DocumentModel document;
    Selection selection;
    RunBridge run;

signals:
    // Wishes: whoever can, fulfils them.
    void addNodeWanted(const QString& kind); // at a free place of the canvas, selected
    void revealWanted(const QString& node); // scroll to it, select it, flash it
    void revealEdgeWanted(const QString& edgeKey);
    void recordsWanted(const QString& nodeOrEdgeKey); // open the records there
    void propertyWanted(const QString& node, const QString& pointer); // the inspector goes to "/Prefix"
    void monitorWanted(const QString& node); // the monitor shows it
    void helpWanted(const QString& kind); // its help page
    void message(const QString& text); // the status bar says so for a while
};

} // namespace streamwright::gui
