// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/record_sources.h"

#include "app/session/tap_browser.h"

namespace streamwright::gui {

void RecordSources::ask()
{
    run_.ask(
        this,
        [](Engine& engine) {
            List list;
            const auto plan = engine.plan();
            for (const NodeSetup& node : plan->nodes) {
                const auto browsable = engine.browsable(node.id);
                if (!browsable) continue;
                list.nodes.push_back(node.id);
                if (browsable->takesRecords()) list.takers.push_back(node.id);
            }
            for (const EdgeInfo& edge : plan->edges)
                list.edges.push_back(edgeKey(edge));
            return list;
        },
        [this](const List& list) {
            list_ = list;
            emit changed();
        });
}

void RecordSources::forget()
{
    list_ = {};
    tapped_.clear();
}

QString RecordSources::keeperOf(const QString& id) const
{
    const bool passes = run_.active() && std::ranges::count(list_.edges, id.toStdString()) > 0;
    if (!id.contains('>') || id == tapped_ || passes || !run_.hasRun()) return id;
    const auto keeps = [this](const QString& node) { return std::ranges::count(list_.nodes, node.toStdString()) > 0; };
    const QString from = id.section('>', 0, 0).section('.', 0, -2), to = id.section('>', 1).section('.', 0, -2);
    if (keeps(from)) return from;
    return keeps(to) ? to : id;
}

void RecordSources::tap(const QString& edge)
{
    if (edge == tapped_) return;
    run_.ask(
        this,
        [before = tapped_.toStdString(), now = edge.toStdString()](Engine& engine) {
            if (!before.empty()) engine.untap(before);
            if (!now.empty()) engine.tap(now, kTappedRecords);
            return true;
        },
        [](bool) {});
    tapped_ = edge;
}

} // namespace streamwright::gui
