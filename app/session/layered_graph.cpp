// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/layered_graph.h"

#include <algorithm>
#include <limits>

namespace streamwright {

namespace {

constexpr int kMostSweeps = 24;
constexpr int kSweepsWithoutGain = 4;
// Very long edges of very large drawings are not cut: their bends would outnumber the nodes.
constexpr std::size_t kMostBendsPerVertex = 8;

using Lists = std::vector<std::vector<std::size_t>>;

Lists successorsOf(std::size_t count, const LayeredGraph::Edges& edges)
{
    Lists lists(count);
    for (const auto& [from, to] : edges)
        lists[from].push_back(to);
    return lists;
}

// Inversions of a sequence: how many pairs of edges between two layers cross (Barth, Juenger, Mutzel).
std::size_t inversions(const std::vector<std::size_t>& sequence, std::size_t width)
{
    std::vector<std::size_t> tree(width + 1, 0);
    std::size_t count = 0;
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        std::size_t notAfter = 0;
        for (std::size_t at = sequence[i] + 1; at > 0; at -= at & (~at + 1))
            notAfter += tree[at];
        count += i - notAfter;
        for (std::size_t at = sequence[i] + 1; at <= width; at += at & (~at + 1))
            ++tree[at];
    }
    return count;
}

} // namespace

LayeredGraph::LayeredGraph(std::size_t count, Edges edges) : count_(count)
{
    openCircles(edges);
    cutLongEdges(edges, assignLayers(edges));
    orderLayers();
}

// Turns round the edges that close a circle, in the order of a depth-first walk from the sources.
void LayeredGraph::openCircles(Edges& edges) const
{
    Lists outgoing(count_); // indexes of edges
    std::vector<bool> hasInput(count_, false);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        outgoing[edges[i].first].push_back(i);
        hasInput[edges[i].second] = true;
    }
    enum : char { New, OnPath, Done };
    std::vector<char> state(count_, New);
    std::vector<bool> turned(edges.size(), false);
    const auto walk = [&](std::size_t start) {
        std::vector<std::pair<std::size_t, std::size_t>> path{{start, 0}};
        state[start] = OnPath;
        while (!path.empty()) {
            auto& [vertex, next] = path.back();
            if (next == outgoing[vertex].size()) {
                state[vertex] = Done;
                path.pop_back();
                continue;
            }
            const std::size_t edge = outgoing[vertex][next++];
            const std::size_t to = edges[edge].second;
            if (state[to] == OnPath) {
                turned[edge] = true;
            } else if (state[to] == New) {
                state[to] = OnPath;
                path.emplace_back(to, 0);
            }
        }
    };
    for (std::size_t vertex = 0; vertex < count_; ++vertex)
        if (!hasInput[vertex] && state[vertex] == New) walk(vertex);
    for (std::size_t vertex = 0; vertex < count_; ++vertex)
        if (state[vertex] == New) walk(vertex);
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (turned[i]) std::swap(edges[i].first, edges[i].second);
    std::sort(edges.begin(), edges.end()); // both directions between two vertices have become one
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
}

// As far left as the inputs allow; then what has more outputs than inputs goes as far right as it can, for short edges.
std::vector<std::size_t> LayeredGraph::assignLayers(const Edges& edges) const
{
    const Lists next = successorsOf(count_, edges);
    std::vector<std::size_t> waiting(count_, 0), layer(count_, 0), order;
    for (const auto& [from, to] : edges)
        ++waiting[to];
    const std::vector<std::size_t> inputs = waiting;
    for (std::size_t vertex = 0; vertex < count_; ++vertex)
        if (waiting[vertex] == 0) order.push_back(vertex);
    for (std::size_t i = 0; i < order.size(); ++i)
        for (const std::size_t to : next[order[i]]) {
            layer[to] = std::max(layer[to], layer[order[i]] + 1);
            if (--waiting[to] == 0) order.push_back(to);
        }
    for (auto vertex = order.rbegin(); vertex != order.rend(); ++vertex) {
        if (next[*vertex].empty() || next[*vertex].size() <= inputs[*vertex]) continue;
        std::size_t nearest = std::numeric_limits<std::size_t>::max();
        for (const std::size_t to : next[*vertex])
            nearest = std::min(nearest, layer[to]);
        layer[*vertex] = nearest - 1;
    }
    return layer;
}

void LayeredGraph::cutLongEdges(const Edges& edges, std::vector<std::size_t> layerOf)
{
    const std::size_t first = layerOf.empty() ? 0 : *std::min_element(layerOf.begin(), layerOf.end());
    std::size_t bends = 0;
    before_.resize(count_);
    after_.resize(count_);
    const auto join = [&](std::size_t from, std::size_t to) {
        after_[from].push_back(to);
        before_[to].push_back(from);
    };
    for (const auto& [from, to] : edges) {
        const std::size_t length = layerOf[to] - layerOf[from];
        if (bends + length > kMostBendsPerVertex * count_ + 1000) continue;
        std::size_t last = from;
        for (std::size_t layer = layerOf[from] + 1; layer < layerOf[to]; ++layer, ++bends) {
            layerOf.push_back(layer);
            before_.emplace_back();
            after_.emplace_back();
            join(last, layerOf.size() - 1);
            last = layerOf.size() - 1;
        }
        join(last, to);
    }
    rank_.resize(layerOf.size());
    // Depth first, so that what hangs together begins together.
    std::vector<bool> seen(layerOf.size(), false);
    for (std::size_t root = 0; root < layerOf.size(); ++root) {
        std::vector<std::size_t> open{root};
        while (!open.empty()) {
            const std::size_t vertex = open.back();
            open.pop_back();
            if (seen[vertex]) continue;
            seen[vertex] = true;
            const std::size_t layer = layerOf[vertex] - first;
            if (layers_.size() <= layer) layers_.resize(layer + 1);
            layers_[layer].push_back(vertex);
            open.insert(open.end(), before_[vertex].rbegin(), before_[vertex].rend());
            open.insert(open.end(), after_[vertex].rbegin(), after_[vertex].rend());
        }
    }
    for (const auto& layer : layers_)
        numberLayer(layer);
}

void LayeredGraph::orderLayers()
{
    Lists best = layers_;
    std::size_t fewest = crossings();
    int sinceGain = 0;
    for (int i = 0; i < kMostSweeps && fewest > 0 && sinceGain < kSweepsWithoutGain; ++i) {
        sweep(i % 2 == 0);
        const std::size_t now = crossings();
        ++sinceGain;
        if (now >= fewest) continue;
        fewest = now;
        best = layers_;
        sinceGain = 0;
    }
    layers_ = std::move(best);
    for (const auto& layer : layers_)
        numberLayer(layer);
}

// Orders each layer by the mean rank of its neighbours in the layer done before it; who has none keeps the rank.
void LayeredGraph::sweep(bool forwards)
{
    std::vector<std::pair<double, std::size_t>> wish;
    for (std::size_t i = 1; i < layers_.size(); ++i) {
        auto& layer = layers_[forwards ? i : layers_.size() - 1 - i];
        wish.clear();
        for (const std::size_t vertex : layer) {
            const auto& neighbours = forwards ? before_[vertex] : after_[vertex];
            double sum = 0;
            for (const std::size_t neighbour : neighbours)
                sum += static_cast<double>(rank_[neighbour]);
            wish.emplace_back(neighbours.empty() ? static_cast<double>(rank_[vertex])
                                                 : sum / static_cast<double>(neighbours.size()),
                              vertex);
        }
        std::stable_sort(wish.begin(), wish.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t rank = 0; rank < wish.size(); ++rank)
            layer[rank] = wish[rank].second;
        numberLayer(layer);
    }
}

void LayeredGraph::numberLayer(const std::vector<std::size_t>& layer)
{
    for (std::size_t rank = 0; rank < layer.size(); ++rank)
        rank_[layer[rank]] = rank;
}

std::size_t LayeredGraph::crossings() const
{
    std::size_t count = 0;
    std::vector<std::size_t> sequence, ranks;
    for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
        sequence.clear();
        for (const std::size_t vertex : layers_[i]) {
            ranks.clear();
            for (const std::size_t to : after_[vertex])
                ranks.push_back(rank_[to]);
            std::sort(ranks.begin(), ranks.end());
            sequence.insert(sequence.end(), ranks.begin(), ranks.end());
        }
        count += inversions(sequence, layers_[i + 1].size());
    }
    return count;
}

} // namespace streamwright
