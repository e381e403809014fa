// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/upstream.h"

#include <map>
#include <vector>

namespace streamwright {

std::set<std::string> withUpstream(const Pipeline& pipeline, const std::set<std::string>& nodes)
{
    std::set<std::string> disabled;
    for (const Node& node : pipeline.nodes)
        if (node.disabled) disabled.insert(node.id);
    std::multimap<std::string, std::string> feeders;
    for (const Edge& edge : pipeline.edges)
        if (!disabled.contains(edge.fromNode)) feeders.emplace(edge.toNode, edge.fromNode);
    std::set<std::string> found = nodes;
    std::vector<std::string> open(nodes.begin(), nodes.end());
    while (!open.empty()) {
        const std::string node = open.back();
        open.pop_back();
        for (auto [edge, end] = feeders.equal_range(node); edge != end; ++edge)
            if (found.insert(edge->second).second) open.push_back(edge->second);
    }
    return found;
}

} // namespace streamwright
