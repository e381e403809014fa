// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/pipeline.h"

#include <algorithm>

namespace streamwright {

bool isNodeId(const std::string& text)
{
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !text.empty() && text.size() <= kLongestNodeId && text.find_first_not_of(kLetters) == std::string::npos;
}

bool Node::operator==(const Node& other) const
{
    return id == other.id && kind == other.kind && disabled == other.disabled && properties == other.properties &&
           rest == other.rest;
}

bool Edge::operator==(const Edge& other) const
{
    return fromNode == other.fromNode && fromPort == other.fromPort && toNode == other.toNode &&
           toPort == other.toPort && properties == other.properties && rest == other.rest;
}

bool Expectation::operator==(const Expectation& other) const
{
    return node == other.node && part == other.part && metric == other.metric && statistic == other.statistic &&
           is == other.is && value == other.value && tolerance == other.tolerance && after == other.after;
}

bool TimedEdit::operator==(const TimedEdit& other) const
{
    return at == other.at && node == other.node && properties == other.properties;
}

const Node* Pipeline::node(const std::string& id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

} // namespace streamwright
