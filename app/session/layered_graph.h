// SPDX-License-Identifier: GPL-3.0-or-later
// LayeredGraph: one connected piece of a drawing while it is laid out: circles opened, every vertex in a layer, long edges
// cut by bends so that each edge joins neighbouring layers, the layers ordered for few crossings. One thread, one use.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace streamwright {

class LayeredGraph {
public:
    using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

    // vertices: 0 to count - 1; no edge twice, none from a vertex to itself.
    LayeredGraph(std::size_t count, Edges edges);

    // Vertices at or above count are bends.
    const std::vector<std::vector<std::size_t>>& layers() const { return layers_; }
    const std::vector<std::size_t>& before(std::size_t vertex) const { return before_[vertex]; } // in the layer before
    const std::vector<std::size_t>& after(std::size_t vertex) const { return after_[vertex]; }
    bool isBend(std::size_t vertex) const { return vertex >= count_; }
    std::size_t crossings() const; // of all neighbouring layers, as ordered now

private:
    void openCircles(Edges& edges) const;
    std::vector<std::size_t> assignLayers(const Edges& edges) const;
    void cutLongEdges(const Edges& edges, std::vector<std::size_t> layerOf);
    void orderLayers();
    void sweep(bool forwards);
    void numberLayer(const std::vector<std::size_t>& layer);

    const std::size_t count_;
    std::vector<std::vector<std::size_t>> layers_, before_, after_;
    std::vector<std::size_t> rank_; // of each vertex in its layer
};

} // namespace streamwright
