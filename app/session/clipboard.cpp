// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/clipboard.h"

#include <algorithm>
#include <limits>
#include <map>

#include "app/session/annotations.h"
#include "app/session/auto_layout.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

namespace {

constexpr std::size_t kLargestText = 64u << 20;

Pipeline pieceOf(const Pipeline& pipeline, const Parts& parts)
{
    const std::set<std::string> ids = nodesOf(pipeline, parts);
    Pipeline piece;
    for (const Node& node : pipeline.nodes)
        if (ids.contains(node.id)) piece.nodes.push_back(node);
    for (const Edge& edge : pipeline.edges)
        if (ids.contains(edge.fromNode) && ids.contains(edge.toNode)) piece.edges.push_back(edge);
    for (const Comment& comment : pipeline.comments)
        if (parts.comments.contains(comment.id)) piece.comments.push_back(comment);
    for (const Group& group : pipeline.groups)
        if (std::all_of(group.nodes.begin(), group.nodes.end(), [&](const auto& node) { return ids.contains(node); }))
            piece.groups.push_back(group);
    std::map<std::string, Point> places;
    for (const auto& [node, place] : placesOf(pipeline, {}))
        if (ids.contains(node)) places.emplace(node, place);
    setPlaces(piece, places);
    return piece;
}

Point upperLeft(const Pipeline& piece, const std::map<std::string, Point>& places)
{
    constexpr double kFar = std::numeric_limits<double>::max();
    Point corner{kFar, kFar};
    const auto include = [&](double x, double y) { corner = {std::min(corner.x, x), std::min(corner.y, y)}; };
    for (const auto& [node, place] : places)
        include(place.x, place.y);
    for (const Comment& comment : piece.comments)
        include(comment.x, comment.y);
    return corner;
}

} // namespace

std::string copyParts(const Pipeline& pipeline, const Parts& parts)
{
    const Pipeline piece = pieceOf(pipeline, parts);
    if (piece.nodes.empty() && piece.comments.empty()) return {};
    return writePipeline(piece);
}

bool mayBeFragment(std::string_view head, std::size_t size)
{
    head = head.substr(0, kFragmentHead);
    const auto start = head.find_first_not_of(" \t\r\n");
    return size <= kLargestText && start != head.npos && head[start] == '{' &&
           head.find("\"streamwright\"") != head.npos; // the first member that copyParts writes
}

Result<Pipeline> readFragment(const std::string& text)
{
    const auto refused = [](const std::string& why) { return Problem{ProblemCode::InvalidInput, why, ""}; };
    if (text.find_first_not_of(" \t\r\n") == text.npos) return refused("the clipboard holds no text");
    if (!mayBeFragment(text, text.size())) return refused("what the clipboard holds is no piece of a drawing");
    PipelineReading reading = readPipeline(text);
    if (!reading.problems.empty())
        return refused("what the clipboard holds is no whole piece of a drawing: " + reading.problems.front().text());
    if (reading.pipeline.nodes.empty() && reading.pipeline.comments.empty())
        return refused("the drawing in the clipboard is empty");
    return std::move(reading.pipeline);
}

Parts paste(Pipeline& pipeline, const Pipeline& fragment, Point at)
{
    Parts added;
    const auto places = placesOf(fragment, {});
    const Point corner = upperLeft(fragment, places);
    std::map<std::string, std::string> names; // of the piece -> of the drawing
    std::map<std::string, Point> newPlaces;
    FreshIds ids(pipeline);
    for (const Node& node : fragment.nodes) {
        Node copy = node;
        copy.id = ids.take(node.id);
        names[node.id] = copy.id;
        added.nodes.insert(copy.id);
        const Point& place = places.at(node.id);
        newPlaces[copy.id] = {at.x + place.x - corner.x, at.y + place.y - corner.y};
        pipeline.nodes.push_back(std::move(copy));
    }
    setPlaces(pipeline, newPlaces);
    for (const Edge& edge : fragment.edges) {
        if (!names.contains(edge.fromNode) || !names.contains(edge.toNode)) continue;
        Edge copy = edge;
        copy.fromNode = names[edge.fromNode];
        copy.toNode = names[edge.toNode];
        added.edges.insert(keyOf(copy));
        pipeline.edges.push_back(std::move(copy));
    }
    for (const Comment& comment : fragment.comments) {
        Comment copy = comment;
        copy.id = addComment(pipeline, {at.x + comment.x - corner.x, at.y + comment.y - corner.y});
        copy.x = pipeline.comments.back().x;
        copy.y = pipeline.comments.back().y;
        added.comments.insert(copy.id);
        pipeline.comments.back() = std::move(copy);
    }
    for (const Group& group : fragment.groups) {
        std::set<std::string> nodes;
        for (const std::string& node : group.nodes)
            if (names.contains(node)) nodes.insert(names[node]);
        const std::string id = makeGroup(pipeline, nodes, group.title);
        if (id.empty()) continue;
        setCollapsed(pipeline, id, group.collapsed);
        pipeline.groups.back().rest = group.rest;
        added.groups.insert(id);
    }
    return added;
}

Parts duplicate(Pipeline& pipeline, const Parts& parts, Point offset)
{
    const Pipeline piece = pieceOf(pipeline, parts);
    if (piece.nodes.empty() && piece.comments.empty()) return {};
    const Point corner = upperLeft(piece, writtenPlaces(piece));
    return paste(pipeline, piece, {corner.x + offset.x, corner.y + offset.y});
}

} // namespace streamwright
