// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/auto_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <vector>

#include "app/session/layered_graph.h"

namespace streamwright {

namespace {

constexpr int kStraightenings = 6;
constexpr double kBendHeight = 8;
constexpr double kWide = 1.6; // a drawing of many pieces is so much wider than high

// One connected piece: its vertices by index into the drawing's list, and where they come to stand.
struct Piece {
    std::vector<std::size_t> nodes;
    LayeredGraph::Edges edges; // of positions in nodes
    std::vector<Point> places;
    double width = 0, height = 0;
};

std::vector<Piece> piecesOf(std::size_t count, const LayeredGraph::Edges& edges)
{
    std::vector<std::vector<std::size_t>> neighbours(count);
    for (const auto& [from, to] : edges) {
        neighbours[from].push_back(to);
        neighbours[to].push_back(from);
    }
    std::vector<std::size_t> pieceOf(count, count), indexIn(count, 0);
    std::vector<Piece> pieces;
    for (std::size_t root = 0; root < count; ++root) {
        if (pieceOf[root] != count) continue;
        std::vector<std::size_t> open{root};
        pieceOf[root] = pieces.size();
        for (std::size_t i = 0; i < open.size(); ++i)
            for (const std::size_t next : neighbours[open[i]])
                if (pieceOf[next] == count) {
                    pieceOf[next] = pieces.size();
                    open.push_back(next);
                }
        std::sort(open.begin(), open.end());
        for (std::size_t i = 0; i < open.size(); ++i)
            indexIn[open[i]] = i;
        pieces.emplace_back().nodes = std::move(open);
    }
    for (const auto& [from, to] : edges)
        pieces[pieceOf[from]].edges.emplace_back(indexIn[from], indexIn[to]);
    return pieces;
}

// Heights in one layer: as near to what each vertex wishes as the order and the gaps allow (least squares; pooling
// neighbours that push each other).
void settle(const std::vector<std::size_t>& layer, const std::vector<double>& wish, const std::vector<double>& weight,
            const std::vector<double>& distance, std::vector<double>& y)
{
    struct Block {
        double weighted = 0, weight = 0;
        std::size_t count = 0;
        double mean() const { return weighted / weight; }
    };
    std::vector<Block> blocks;
    double offset = 0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (i > 0) offset += distance[i];
        blocks.push_back({(wish[i] - offset) * weight[i], weight[i], 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().weighted += last.weighted;
            blocks.back().weight += last.weight;
            blocks.back().count += last.count;
        }
    }
    offset = 0;
    std::size_t i = 0;
    for (const Block& block : blocks)
        for (std::size_t n = 0; n < block.count; ++n, ++i) {
            if (i > 0) offset += distance[i];
            y[layer[i]] = block.mean() + offset;
        }
}

// The middles' heights of all vertices.
std::vector<double> heightsOf(const LayeredGraph& graph, const std::vector<double>& tall, double gap)
{
    const auto& layers = graph.layers();
    std::vector<double> y(tall.size(), 0);
    std::vector<std::vector<double>> distances; // of a vertex to the one above it
    for (const auto& layer : layers) {
        auto& distance = distances.emplace_back(layer.size(), 0.0);
        for (std::size_t i = 1; i < layer.size(); ++i) {
            distance[i] = (tall[layer[i - 1]] + tall[layer[i]]) / 2 + gap;
            y[layer[i]] = y[layer[i - 1]] + distance[i];
        }
    }
    std::vector<double> wish, weight;
    const auto straighten = [&](std::size_t index, bool byBefore, bool byAfter) {
        const auto& layer = layers[index];
        wish.clear();
        weight.clear();
        for (const std::size_t vertex : layer) {
            double sum = 0, count = 0;
            const auto add = [&](const std::vector<std::size_t>& neighbours) {
                for (const std::size_t neighbour : neighbours) {
                    const double pull = graph.isBend(vertex) && graph.isBend(neighbour) ? 4 : 1; // long edges straight
                    sum += pull * y[neighbour];
                    count += pull;
                }
            };
            if (byBefore) add(graph.before(vertex));
            if (byAfter) add(graph.after(vertex));
            wish.push_back(count == 0 ? y[vertex] : sum / count);
            weight.push_back(count == 0 ? 0.1 : count);
        }
        settle(layer, wish, weight, distances[index], y);
    };
    for (int i = 0; i < kStraightenings; ++i) {
        const bool both = i >= kStraightenings / 2;
        for (std::size_t layer = 1; layer < layers.size(); ++layer)
            straighten(layer, true, both);
        for (std::size_t layer = layers.size(); layer-- > 0;)
            straighten(layer, both, true);
    }
    return y;
}

void layOutPiece(Piece& piece, const std::vector<Extent>& extents, const LayoutGaps& gaps)
{
    const LayeredGraph graph(piece.nodes.size(), piece.edges);
    std::size_t vertices = 0;
    for (const auto& layer : graph.layers())
        vertices += layer.size();
    std::vector<double> tall(vertices, kBendHeight);
    for (std::size_t i = 0; i < piece.nodes.size(); ++i)
        tall[i] = extents[piece.nodes[i]].height;
    const std::vector<double> middles = heightsOf(graph, tall, gaps.within);

    piece.places.resize(piece.nodes.size());
    double x = 0, top = std::numeric_limits<double>::max(), bottom = std::numeric_limits<double>::lowest();
    for (const auto& layer : graph.layers()) {
        double wide = 0;
        for (const std::size_t vertex : layer) {
            if (graph.isBend(vertex)) continue;
            piece.places[vertex] = {x, middles[vertex] - tall[vertex] / 2};
            wide = std::max(wide, extents[piece.nodes[vertex]].width);
            top = std::min(top, piece.places[vertex].y);
            bottom = std::max(bottom, piece.places[vertex].y + tall[vertex]);
        }
        piece.width = x + wide;
        x += wide + gaps.between;
    }
    for (Point& place : piece.places)
        place.y -= top;
    piece.height = bottom - top;
}

// Side by side in rows, large pieces first in their order, single nodes last.
void pack(std::vector<Piece>& pieces, const LayoutGaps& gaps)
{
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return (a.nodes.size() > 1) > (b.nodes.size() > 1); });
    double area = 0, widest = 0;
    for (const Piece& piece : pieces) {
        area += (piece.width + gaps.between) * (piece.height + gaps.within * 2);
        widest = std::max(widest, piece.width);
    }
    const double row = std::max(widest, std::sqrt(area * kWide));
    double x = 0, y = 0, tallest = 0;
    for (Piece& piece : pieces) {
        if (x > 0 && x + piece.width > row) {
            y += tallest + gaps.within * 2;
            x = tallest = 0;
        }
        for (Point& place : piece.places) {
            place.x += x;
            place.y += y;
        }
        x += piece.width + gaps.between;
        tallest = std::max(tallest, piece.height);
    }
}

} // namespace

std::map<std::string, Point> autoLayout(const Pipeline& pipeline, const std::set<std::string>& nodes,
                                        const ExtentOf& extentOf, const LayoutGaps& gaps)
{
    std::vector<const std::string*> ids;
    std::vector<Extent> extents;
    std::unordered_map<std::string, std::size_t> indexOf;
    for (const Node& node : pipeline.nodes) {
        if (!nodes.empty() && !nodes.contains(node.id)) continue;
        indexOf.emplace(node.id, ids.size());
        ids.push_back(&node.id);
        extents.push_back(extentOf ? extentOf(node.id) : Extent{});
    }
    LayeredGraph::Edges edges;
    for (const Edge& edge : pipeline.edges) {
        const auto from = indexOf.find(edge.fromNode), to = indexOf.find(edge.toNode);
        if (from != indexOf.end() && to != indexOf.end() && from != to) edges.emplace_back(from->second, to->second);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

    std::vector<Piece> pieces = piecesOf(ids.size(), edges);
    for (Piece& piece : pieces)
        layOutPiece(piece, extents, gaps);
    pack(pieces, gaps);

    constexpr double kFar = std::numeric_limits<double>::max();
    Point corner{kFar, kFar};
    for (const auto& [id, place] : writtenPlaces(pipeline))
        if (indexOf.contains(id)) corner = {std::min(corner.x, place.x), std::min(corner.y, place.y)};
    if (corner.x == kFar) corner = {};
    std::map<std::string, Point> places;
    for (const Piece& piece : pieces)
        for (std::size_t i = 0; i < piece.nodes.size(); ++i)
            places[*ids[piece.nodes[i]]] = {corner.x + piece.places[i].x, corner.y + piece.places[i].y};
    return places;
}

void layOut(Pipeline& pipeline, const std::set<std::string>& nodes, const ExtentOf& extentOf)
{
    auto places = autoLayout(pipeline, nodes, extentOf);
    for (auto& [node, place] : places)
        place = snapped(place);
    setPlaces(pipeline, places);
}

std::map<std::string, Point> placesOf(const Pipeline& pipeline, const ExtentOf& extentOf)
{
    auto places = writtenPlaces(pipeline);
    std::set<std::string> missing, ids;
    for (const Node& node : pipeline.nodes) {
        ids.insert(node.id);
        if (!places.contains(node.id)) missing.insert(node.id);
    }
    for (auto stray = places.begin(); stray != places.end();)
        stray = ids.contains(stray->first) ? std::next(stray) : places.erase(stray);
    if (missing.empty()) return places;
    Point below;
    if (!places.empty()) {
        below = {std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
        for (const auto& [node, place] : places) {
            below.x = std::min(below.x, place.x);
            below.y = std::max(below.y, place.y + (extentOf ? extentOf(node) : Extent{}).height + LayoutGaps{}.within);
        }
    }
    for (const auto& [node, place] : autoLayout(pipeline, missing, extentOf))
        places[node] = {below.x + place.x, below.y + place.y};
    return places;
}

} // namespace streamwright
