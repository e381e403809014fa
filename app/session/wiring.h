// SPDX-License-Identifier: GPL-3.0-or-later
// What may be joined with what, and why not in words for a person who is dragging a wire. Any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/graph/pipeline.h"
#include "core/plugin/registry.h"

namespace streamwright {

struct WireEnd {
    std::string node, port;
    bool operator==(const WireEnd&) const = default;
};

// "from.out>to.in", as edgeKey().
std::string keyOf(const Edge& edge);
const Edge* findEdge(const Pipeline& pipeline, const std::string& key);

// Whether an edge may go there; the problem's message says why not. replacing: an edge that would go (being reconnected).
Result<void> connectable(const Pipeline& pipeline, const Registry& registry, const std::string& from,
                         const std::string& fromPort, const std::string& to, const std::string& toPort,
                         const std::string& replacing = {});

// A wire hangs at one end (an output or an input) and is held over a node: the only port there that fits it; the problem
// says why none does, or which several do.
Result<std::string> fittingPort(const Pipeline& pipeline, const Registry& registry, const WireEnd& held,
                                const std::string& node, const std::string& replacing = {});

// A wire is let go over nothing: the kinds that could be put there, and the port that the wire would take; by title.
struct FittingKind {
    const NodeKind* kind = nullptr;
    std::string port;
};
std::vector<FittingKind> fittingKinds(const Pipeline& pipeline, const Registry& registry, const WireEnd& held);

// Whether a node can be put into the middle of an edge: the ports it would use.
struct SplicePorts {
    std::string in, out;
};
Result<SplicePorts> spliceable(const Pipeline& pipeline, const Registry& registry, const std::string& node,
                               const std::string& edge);

} // namespace streamwright
