// SPDX-License-Identifier: GPL-3.0-or-later
// Help pages made from the kinds' descriptions, as HTML for a QTextBrowser; links are "kind:NAME" and "index:". Colours are
// those of the theme at the moment. GUI thread.
#pragma once

#include <QString>

#include "core/plugin/registry.h"

namespace streamwright::gui {

// What it does, its ports and what can be joined to them, its properties, its metrics.
QString helpPage(const Registry& registry, const NodeKind& kind);
// All kinds by family; with a query those in whose description it occurs.
QString helpIndex(const Registry& registry, const QString& query = {});

} // namespace streamwright::gui
