// SPDX-License-Identifier: GPL-3.0-or-later
// FormContext: what the editors of a form share. Owned by the inspector, outlives its forms; GUI thread.
#pragma once

#include <QString>
#include <map>
#include <set>

namespace streamwright::gui {

struct FormContext {
    QString folder; // of the pipeline file; "" before it is saved
    QString place; // whose form it is, for what is remembered of it: the kind
    QString subject; // what is edited just now: the nodes' ids
    bool running = false;
    std::map<QString, bool> expanded; // sections by place and pointer, as the person left them
    std::set<QString> waiting; // subject and pointer of edits that wait for the next start
};

} // namespace streamwright::gui
