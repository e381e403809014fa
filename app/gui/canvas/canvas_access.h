// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas for screen readers: nodes and edges as children of the view, each with a name that says what it is and how it
// does ("clicks, Kinesis data stream, throttling"). GUI thread.
#pragma once

#include "app/gui/canvas/canvas_view.h"

namespace streamwright::gui {

// Once is enough; more does no harm.
void installCanvasAccess();

QString spokenName(CanvasScene& scene, const std::string& nodeOrEdge);
// Among the view's accessible children: nodes in the order of the document, then edges; -1 = not there.
int spokenIndex(CanvasScene& scene, const std::string& nodeOrEdge);

} // namespace streamwright::gui
