// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/node_adder.h"

#include <cmath>

#include "app/gui/canvas/node_faces.h"
#include "app/session/annotations.h"
#include "app/session/arrange.h"
#include "app/session/pipeline_edits.h"

namespace streamwright::gui {

namespace {

constexpr double kNextNode = 280; // from the left side of one card to the next one's

std::string add(Workbench& bench, const std::string& kind, Point at,
                const std::function<void(Pipeline&, const std::string& id)>& join)
{
    DocumentModel& document = bench.document;
    const Registry::Entry* entry = document.registry().find(kind);
    if (!entry) return {};
    std::string id;
    document.endGesture();
    document.edit(QObject::tr("Add %1").arg(QString::fromStdString(entry->kind.title)), [&](Pipeline& pipeline) {
        setNodePlaces(pipeline, nodePlaces(pipeline)); // nothing else may move for it
        id = addNode(pipeline, document.registry(), kind, snapped(at));
        if (join) join(pipeline, id);
    });
    bench.selection.selectNode(id);
    return id;
}

Extent cardExtent(const std::string&) { return {kNodeWidth, kNodeHeight}; }

} // namespace

std::string addNodeAt(Workbench& bench, const std::string& kind, QPointF centre, const Surroundings& into)
{
    return add(bench, kind, {centre.x() - kNodeWidth / 2, centre.y() - kNodeHeight / 2},
               [&](Pipeline& pipeline, const std::string& id) {
                   if (!into.edge.empty()) splice(pipeline, bench.document.registry(), id, into.edge);
                   if (!into.group.empty()) putIntoGroup(pipeline, into.group, {id});
               });
}

std::string addNodeToWire(Workbench& bench, const std::string& kind, const HeldWire& held, QPointF end)
{
    const double left = held.isInput ? end.x() - kNodeWidth : end.x();
    return add(bench, kind, {left, end.y() - kNodeHeight / 2}, [&](Pipeline& pipeline, const std::string& id) {
        const auto port = fittingPort(pipeline, bench.document.registry(), held.end, id);
        if (!port) return;
        const auto [from, to] = wireEnds(held, {id, *port});
        connect(pipeline, from, to);
    });
}

std::string addNodeNear(Workbench& bench, const std::string& kind, QPointF middle)
{
    Pipeline placed = bench.document.pipeline();
    setNodePlaces(placed, nodePlaces(placed));
    Point wish{middle.x() - kNodeWidth / 2, middle.y() - kNodeHeight / 2};
    // Pipelines are drawn from left to right: the next node comes behind the selected one.
    const auto places = nodePlaces(placed);
    const std::set<std::string>& selected = bench.selection.get().nodes;
    if (selected.size() == 1)
        if (const auto last = places.find(*selected.begin()); last != places.end())
            wish = {last->second.x() + kNextNode, last->second.y()};
    return add(bench, kind, freePlace(placed, wish, cardExtent), {});
}

Result<void> kindFitsEdge(const DocumentModel& document, const std::string& kind, const std::string& edge)
{
    if (!document.registry().find(kind)) return Problem{ProblemCode::NotFound, "there is no kind " + kind, ""};
    Pipeline trial = document.pipeline();
    const std::string id = addNode(trial, document.registry(), kind, {});
    if (const auto ports = spliceable(trial, document.registry(), id, edge); !ports) return ports.problem();
    return {};
}

} // namespace streamwright::gui
