// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/quick_add.h"

#include "app/gui/canvas/group_drop.h"
#include "app/gui/canvas/node_adder.h"

namespace streamwright::gui {

namespace {

QString firstSentence(const std::string& help)
{
    const QString text = QString::fromStdString(help);
    const auto end = text.indexOf(". ");
    return end < 0 ? text : text.left(end + 1);
}

SearchEntry kindEntry(const NodeKind& kind, std::function<void()> take)
{
    const QString family = QString::fromStdString(kind.family);
    return {QString::fromStdString(kind.title), family + " · " + firstSentence(kind.help),
            Theme::instance().icon(QString::fromStdString(kind.icon), Theme::instance().familyColour(family)),
            std::move(take)};
}

// The ports that fit the wire, over the whole drawing.
void addTargets(std::vector<SearchEntry>& entries, CanvasScene& scene, const HeldWire& held, const QString& verb)
{
    Workbench& bench = scene.workbench();
    const Pipeline& pipeline = bench.document.pipeline();
    for (const Node& node : pipeline.nodes) {
        const NodeKind* kind = scene.kindOf(node.id);
        if (!kind) continue;
        for (const Port& port : kind->ports) {
            if ((port.direction == Port::Direction::In) == held.isInput) continue;
            const WireEnd other{node.id, port.name};
            const auto [from, to] = wireEnds(held, other);
            if (!connectable(pipeline, bench.document.registry(), from.node, from.port, to.node, to.port,
                             held.replacing))
                continue;
            SearchEntry entry = kindEntry(*kind, [&bench, held, other] { joinWire(bench, held, other); });
            entry.detail = verb.arg(QString::fromStdString(held.end.port), QString::fromStdString(port.name)) + " · " +
                           entry.title;
            entry.title = QString::fromStdString(node.id);
            entries.push_back(std::move(entry));
        }
    }
}

} // namespace

std::vector<SearchEntry> kindEntries(CanvasScene& scene, QPointF centre)
{
    Workbench& bench = scene.workbench();
    GroupDrop groups(scene, {});
    groups.follow(centre);
    std::vector<SearchEntry> entries;
    for (const auto& [name, entry] : bench.document.registry().kinds())
        entries.push_back(kindEntry(entry.kind, [&bench, kind = name, centre, group = groups.group()] {
            addNodeAt(bench, kind, centre, {{}, group});
        }));
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.title < b.title; });
    return entries;
}

std::vector<SearchEntry> fittingKindEntries(Workbench& bench, const HeldWire& held, QPointF end)
{
    std::vector<SearchEntry> entries;
    for (const FittingKind& fitting : fittingKinds(bench.document.pipeline(), bench.document.registry(), held.end))
        entries.push_back(kindEntry(
            *fitting.kind, [&bench, kind = fitting.kind->name, held, end] { addNodeToWire(bench, kind, held, end); }));
    return entries;
}

std::vector<SearchEntry> connectionEntries(CanvasScene& scene, const std::string& node)
{
    std::vector<SearchEntry> entries;
    const NodeKind* kind = scene.kindOf(node);
    const NodeItem* item = scene.node(node);
    if (!kind || !item) return entries;
    for (const Port& port : kind->ports) {
        const bool isInput = port.direction == Port::Direction::In;
        addTargets(entries, scene, {{node, port.name}, isInput, {}},
                   isInput ? QObject::tr("to %1 from its %2") : QObject::tr("from %1 to its %2"));
    }
    for (const Port& port : kind->ports) {
        const bool isInput = port.direction == Port::Direction::In;
        const HeldWire held{{node, port.name}, isInput, {}};
        const QPointF end = item->portPosition(port.name, isInput) + QPointF(isInput ? -90 : 90, 0);
        for (SearchEntry& entry : fittingKindEntries(scene.workbench(), held, end)) {
            entry.detail = (isInput ? QObject::tr("a new one, into %1") : QObject::tr("a new one, from %1"))
                               .arg(QString::fromStdString(port.name)) +
                           " · " + entry.title;
            entry.title = QObject::tr("New %1").arg(entry.title);
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

std::vector<SearchEntry> reconnectionEntries(CanvasScene& scene, const std::string& key)
{
    std::vector<SearchEntry> entries;
    const EdgeItem* edge = scene.edge(key);
    if (!edge) return entries;
    addTargets(entries, scene, {{edge->fromNode(), edge->fromPort()}, false, key},
               QObject::tr("from %1, ending at its %2"));
    addTargets(entries, scene, {{edge->toNode(), edge->toPort()}, true, key},
               QObject::tr("to %1, beginning at its %2"));
    return entries;
}

} // namespace streamwright::gui
