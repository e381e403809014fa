// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineDelta: what differs between two drawings, and nothing else: one step of the undo history. Small for small changes
// of large drawings. Values; one thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/graph/pipeline.h"

namespace streamwright {

template <typename Item>
struct ListDelta {
    using Entries = std::vector<std::pair<std::size_t, Item>>; // by index, ascending
    Entries removed; // of the list before
    Entries added; // of the list after
    bool empty() const { return removed.empty() && added.empty(); }
};

class PipelineDelta {
public:
    // Positions are no difference.
    PipelineDelta(const Pipeline& before, const Pipeline& after);

    bool empty() const;
    void redo(Pipeline& before) const; // makes it the one after
    void undo(Pipeline& after) const;
    std::size_t bytes() const { return bytes_; } // roughly what it holds

    // Whether it touches the node or the edge (from.out>to.in).
    bool touchesNode(const std::string& id) const;
    bool touchesEdge(const std::string& key) const;
    bool touchesHead() const { return head_.has_value(); } // name, description, run, unknown members

private:
    struct Head {
        std::string name, description;
        std::optional<Duration> runFor;
        std::optional<std::uint64_t> seed;
        Json rest;
        bool operator==(const Head&) const = default;
    };
    static Head headOf(const Pipeline& pipeline);
    static void setHead(Pipeline& pipeline, const Head& head);

    ListDelta<Node> nodes_;
    ListDelta<Edge> edges_;
    ListDelta<std::pair<std::string, Json>> layout_;
    ListDelta<Comment> comments_;
    ListDelta<Group> groups_;
    ListDelta<PinnedChart> charts_;
    ListDelta<TimedEdit> edits_;
    ListDelta<Expectation> expect_;
    std::optional<std::pair<Head, Head>> head_;
    std::size_t bytes_ = 0;
};

} // namespace streamwright
