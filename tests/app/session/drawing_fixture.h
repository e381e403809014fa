// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of drawings share: all kinds, a small drawing, its nodes, edges and places as readable lines.
#pragma once

#include <gtest/gtest.h>

#include "app/session/pipeline_edits.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

inline const Registry& kinds()
{
    static const Registry registry = [] {
        Registry filled;
        registerBuiltins(filled);
        return filled;
    }();
    return registry;
}

// website -> clicks -> archiver -> archive, and clicks -> counter.
inline Pipeline clickstream()
{
    const auto reading = readPipeline(R"({"streamwright": 1, "name": "clickstream", "nodes": [
        {"id": "website", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 1200}},
        {"id": "clicks", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}},
        {"id": "archiver", "kind": "AWS::KinesisFirehose::DeliveryStream"},
        {"id": "archive", "kind": "AWS::S3::Bucket"},
        {"id": "counter", "kind": "Local::Consumer"}],
      "edges": [{"from": "website.out", "to": "clicks.in"},
        {"from": "clicks.out", "to": "archiver.in", "properties": {"PollMilliseconds": 500}},
        {"from": "clicks.out", "to": "counter.in"}, {"from": "archiver.out", "to": "archive.in"}],
      "layout": {"website": [0, 100], "clicks": [300, 100], "archiver": [600, 0], "archive": [900, 0], "counter": [600, 200]},
      "edits": [{"at": "1m", "node": "website", "properties": {"RecordsPerSecond": 3000}}],
      "expect": [{"metric": "clicks.IncomingRecords", "statistic": "Sum", "is": ">", "value": 0}],
      "groups": [{"id": "intake", "title": "Intake", "nodes": ["website", "clicks"]}],
      "comments": [{"id": "n", "text": "Hot keys here", "at": [300, 200], "size": [200, 100], "colour": "blue"}]})");
    EXPECT_TRUE(reading.problems.empty());
    return reading.pipeline;
}

inline std::vector<std::string> nodesIn(const Pipeline& pipeline)
{
    std::vector<std::string> ids;
    for (const Node& node : pipeline.nodes)
        ids.push_back(node.id);
    return ids;
}

inline std::vector<std::string> edgesIn(const Pipeline& pipeline)
{
    std::vector<std::string> keys;
    for (const Edge& edge : pipeline.edges)
        keys.push_back(keyOf(edge));
    return keys;
}

using Lines = std::vector<std::string>;

} // namespace streamwright
