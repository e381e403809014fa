// SPDX-License-Identifier: GPL-3.0-or-later
// What the records panel says of its table: the name of what is shown, how many records there are, and why there are none.
// GUI thread.
#pragma once

#include "app/gui/bridge/run_bridge.h"
#include "app/gui/records/records_model.h"

namespace streamwright::gui {

// A node's id, or an edge's key as people say it: "from → to".
QString sourceText(const QString& id);
// wanted, shown: ids of what is to be shown and of what the model has; "" for none. "" when the table says it all.
QString emptyTableText(const RunBridge& run, const RecordsModel& model, const QString& wanted, const QString& shown);
QString countText(const RecordsModel& model);

} // namespace streamwright::gui
