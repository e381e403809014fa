// SPDX-License-Identifier: GPL-3.0-or-later
// NodeKind: everything data says about a kind of node (plugins/*/kinds/KIND.json). Immutable after reading; any thread.
//
//   {"kind": "AWS::Kinesis::Stream", "title": "Kinesis data stream", "family": "Kinesis", "icon": "kinesis-stream",
//    "help": "One paragraph.", "keeps": true, "nameField": "Name",
//    "ports": [{"name": "in", "direction": "in", "accepts": ["records"], "help": "..."},
//              {"name": "out", "direction": "out", "carries": "shards", "help": "...", "fields": [ ...edge properties... ]}],
//    "fields": [ ...see field.h... ],
//    "metrics": [{"name": "IncomingRecords", "unit": "Count", "part": "shard", "role": "in", "things": "records",
//                 "limit": 1000, "advice": "...", "chart": true, "title": "Incoming records", "help": "..."}]}
//
// The limit of a metric is a number or {"value": 120000, "property": "/InFlightLimit", "times": 1, "metric": "..."}.
//
// Protocols (what a port carries or accepts):
//   records       put requests: a batch is one request (PutRecords, PutRecordBatch, SendMessageBatch ...)
//   shards        a stream being read: lanes are shards, receipts move the checkpoint
//   messages      a queue being received from: a receipt deletes a message or leaves it to its visibility timeout
//   objects       whole objects to be stored: key and bytes
//   dead-letters  messages a queue gives up on
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/field.h"

namespace streamwright {

struct Port {
    enum class Direction { In, Out };
    std::string name;
    Direction direction = Direction::In;
    std::vector<std::string> accepts; // In
    std::string carries; // Out
    std::size_t maximumEdges = 0; // 0 = any number
    bool required = false; // without an edge the node cannot work
    std::vector<Field> fields; // Out: properties of the edges that begin here
    std::string help;
};

// What a metric means to those who know no service: states, charts and edges follow from it.
enum class MetricRole {
    None,
    In, // things taken; the first metric of the role is the node's main rate
    InBytes,
    Out, // things given on; the main rate of a kind without In
    OutBytes,
    Throttled, // refused by a limit
    Failed, // failed or lost for good
    Success, // 1 for a good operation, 0 for a bad one: an average below 1 is failing
    Age, // how far behind the oldest thing that waits is
    Depth, // things that wait
    Fill, // how much of a bound is taken; its limit is the bound
    Latency, // how long an operation took
};

// The most that a metric can reach: in a second for what is counted (In, Out), at a moment for what is measured (Fill).
// Of a metric that is kept by shard it holds for each shard; the whole node then has that times its open shards.
struct MetricLimit {
    double value = 0; // when neither of the others says anything; 0 = none
    std::string property; // JSON pointer into the node's complete properties ("/InFlightLimit")
    double times = 1; // the property's unit: 1048576 for MiB
    std::string metric; // of the same node, its newest value ("BytesPerSecondLimit")
};

struct MetricKind {
    std::string name;
    std::string unit;
    std::string part; // "", "shard" or "consumer": what the metric is also kept by
    std::string help;
    MetricRole role = MetricRole::None;
    std::string things; // what is counted, of a main rate: "records", "messages", "objects"
    std::optional<MetricLimit> limit;
    std::string advice; // what would help when this throttles, fails or falls behind; one sentence
    bool charted = false; // among the kind's default charts
    std::string title; // of its chart; the name when the description has none
};

struct NodeKind {
    std::string name;
    std::string title, family, icon, help;
    std::string nameField; // the property by which clients of its service name it; "" when they cannot
    bool keeps = false; // holds data over time (a stream, a queue): a cycle through it makes sense
    std::vector<Port> ports;
    std::vector<Field> fields;
    std::vector<MetricKind> metrics;

    const Port* port(std::string_view name) const;
    const MetricKind* metric(std::string_view name) const;
    // The first of that role; null without one.
    const MetricKind* metricOf(MetricRole role) const;
    // The one whose rate stands for the node: the first In, else the first Out.
    const MetricKind* mainRate() const;
};

// What a chart shows of a metric unless asked otherwise: Sum, Average, Maximum or p99.
std::string_view usualStatistic(const MetricKind& metric);

Result<NodeKind> readNodeKind(std::string_view json);

} // namespace streamwright
