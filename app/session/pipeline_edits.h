// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does to the nodes and edges of a drawing, as plain functions on the value: called inside Document::edit by
// the canvas, the palette and the fixes. Any thread. Notes and frames: annotations.h; places: arrange.h; what fits what:
// wiring.h. Edges are named by edgeKey() of live_view.h.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/session/wiring.h"
#include "core/graph/pipeline.h"
#include "core/plugin/registry.h"

namespace streamwright {

// A piece of a drawing: what is selected, copied, deleted.
struct Parts {
    std::set<std::string> nodes; // ids
    std::set<std::string> edges; // edge keys
    std::set<std::string> comments, groups; // ids
    bool operator==(const Parts&) const = default;
    bool empty() const { return nodes.empty() && edges.empty() && comments.empty() && groups.empty(); }
};

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

// An id that no node has, readable: "clicks", then "clicks-2". Letters that an id may not have become "-".
std::string freshId(const Pipeline& pipeline, const std::string& wish);
// The same for many new nodes at once.
class FreshIds {
public:
    explicit FreshIds(const Pipeline& pipeline);
    std::string take(const std::string& wish);

private:
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, std::size_t> next_; // by stem
};

// The fresh id of the new node, from its kind's title. at: its upper left corner.
std::string addNode(Pipeline& pipeline, const Registry& registry, const std::string& kind, Point at);

// These do as told, allowed or not (connectable() says whether); an edge that is there already is not doubled.
std::string connect(Pipeline& pipeline, const WireEnd& from, const WireEnd& to); // its edge key
std::string reconnect(Pipeline& pipeline, const std::string& edge, bool fromEnd, const WireEnd& to); // its new key
void removeEdges(Pipeline& pipeline, const std::set<std::string>& edges);

// Puts the node into the middle of an edge; the edge's properties stay with its first half. Nothing changes when it does
// not fit: spliceable() says why.
void splice(Pipeline& pipeline, const Registry& registry, const std::string& node, const std::string& edge);

// With their edges, places, timed edits, expectations and memberships of groups. heal: what led to a removed node leads to
// what it led to, wherever the two fit.
void removeNodes(Pipeline& pipeline, const Registry& registry, const std::set<std::string>& nodes, bool heal = false);
void removeParts(Pipeline& pipeline, const Registry& registry, const Parts& parts, bool heal = false);

// Whether a node may be called so: the rules of ids, and no other node of that name.
Result<void> checkNewId(const Pipeline& pipeline, const std::string& id);
// Edges, places, groups, timed edits and expectations follow. As checkNewId; nothing changes when it fails.
Result<void> renameNode(Pipeline& pipeline, const std::string& id, const std::string& newId);

void setDisabled(Pipeline& pipeline, const std::set<std::string>& nodes, bool disabled);

} // namespace streamwright
