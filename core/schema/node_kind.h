// SPDX-License-Identifier: GPL-3.0-or-later
// NodeKind: everything data says about a kind of node (plugins/*/kinds/KIND.json). Immutable after reading; any thread.
//
//   {"kind": "AWS::Kinesis::Stream", "title": "Kinesis data stream", "family": "Kinesis", "icon": "kinesis-stream",
//    "help": "One paragraph.", "keeps": true,
//    "ports": [{"name": "in", "direction": "in", "accepts": ["records"], "help": "..."},
//              {"name": "out", "direction": "out", "carries": "shards", "help": "...", "fields": [ ...edge properties... ]}],
//    "fields": [ ...see field.h... ],
//    "metrics": [{"name": "IncomingRecords", "unit": "Count", "part": "shard", "help": "..."}]}
//
// Protocols (what a port carries or accepts):
//   records       put requests: a batch is one request (PutRecords, PutRecordBatch, SendMessageBatch ...)
//   shards        a stream being read: lanes are shards, receipts move the checkpoint
//   messages      a queue being received from: a receipt deletes a message or leaves it to its visibility timeout
//   objects       whole objects to be stored: key and bytes
//   dead-letters  messages a queue gives up on
#pragma once

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

struct MetricKind {
    std::string name;
    std::string unit;
    std::string part; // "", "shard" or "consumer": what the metric is also kept by
    std::string help;
};

struct NodeKind {
    std::string name;
    std::string title, family, icon, help;
    bool keeps = false; // holds data over time (a stream, a queue): a cycle through it makes sense
    std::vector<Port> ports;
    std::vector<Field> fields;
    std::vector<MetricKind> metrics;

    const Port* port(std::string_view name) const;
};

Result<NodeKind> readNodeKind(std::string_view json);

} // namespace streamwright
