// SPDX-License-Identifier: GPL-3.0-or-later
// Pipeline: the drawing as a value: nodes, edges, layout, expectations. Copyable; any thread may read a copy.
// What a file holds that we do not know is kept in "rest" and written back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/units.h"
#include "core/graph/metric_name.h"

namespace streamwright {

constexpr std::size_t kLongestNodeId = 64;
constexpr const char* kNodeIdRule = "an id has 1 to 64 letters, digits, - or _";
bool isNodeId(const std::string& text);

// position: where it stands in the file's list, for the places of problems; no part of what it is (==).
struct Node {
    std::string id; // isNodeId(), unique in the pipeline
    std::string kind;
    Json properties = Json::object(); // as written: without defaults
    bool disabled = false; // kept in the drawing, left out of a run with its edges
    Json rest = Json::object();
    std::size_t position = 0;
    bool operator==(const Node& other) const;
};

struct Edge {
    std::string fromNode, fromPort, toNode, toPort;
    Json properties = Json::object();
    Json rest = Json::object();
    std::size_t position = 0;
    bool operator==(const Edge& other) const;
};

// A sticky note on the drawing.
struct Comment {
    std::string id; // unique among the comments
    std::string text;
    double x = 0, y = 0, width = 200, height = 120;
    std::string colour; // a name of the theme's note colours: yellow, blue, green, red, grey
    Json rest = Json::object();
    bool operator==(const Comment&) const = default;
};

// A frame around nodes; folded, it stands for them.
struct Group {
    std::string id; // unique among the groups
    std::string title;
    std::vector<std::string> nodes; // by id; a node is in one group at most
    bool collapsed = false;
    Json rest = Json::object();
    bool operator==(const Group&) const = default;
};

// A chart that stands first, whatever is selected.
struct PinnedChart {
    std::vector<MetricName> series;
    Json rest = Json::object();
    bool operator==(const PinnedChart&) const = default;
};

// A statistic of a metric that must hold at the end of a run.
struct Expectation {
    std::string node, part, metric; // part: a shard or a consumer, "" for the node
    std::string statistic; // Sum, Average, Minimum, Maximum, SampleCount, p50, p90, p99
    std::string is; // == != < <= > >= within
    double value = 0;
    double tolerance = 0; // within: |actual - value| <= tolerance
    std::optional<Duration> after; // counts only what happens after this time of the run
    std::size_t position = 0;
    bool operator==(const Expectation& other) const;
};

// A change of a node's properties at a time of the run: what a person would do in the inspector.
struct TimedEdit {
    Duration at{};
    std::string node;
    Json properties = Json::object(); // laid over the node's: a null takes a property away (RFC 7396)
    std::size_t position = 0;
    bool operator==(const TimedEdit& other) const;
};

struct Pipeline {
    std::string name;
    std::string description;
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    Json layout = Json::object(); // node id: [x, y] of its upper left corner
    std::vector<Comment> comments;
    std::vector<Group> groups;
    std::vector<PinnedChart> charts;
    std::vector<TimedEdit> edits; // by time
    std::vector<Expectation> expect;
    // How long and with which seed the pipeline runs when nobody says otherwise ("run": {"for": "15m", "seed": 1}).
    std::optional<Duration> runFor;
    std::optional<std::uint64_t> seed;
    Json rest = Json::object();

    bool operator==(const Pipeline&) const = default;
    const Node* node(const std::string& id) const;
};

} // namespace streamwright
