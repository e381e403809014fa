// SPDX-License-Identifier: GPL-3.0-or-later
// Notes, groups and pinned charts in the pipeline file: reading with every problem and its place, writing. Any thread.
//   "comments": [{"id": "note-1", "text": "...", "at": [40, 20], "size": [200, 120], "colour": "yellow"}]
//   "groups":   [{"id": "group-1", "title": "Intake", "nodes": ["website", "clicks"], "collapsed": true}]
//   "charts":   [{"series": ["clicks.IncomingRecords", "clicks/shardId-000000000000.IncomingRecords"]}]
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/graph/pipeline.h"

namespace streamwright {

// Adds to the pipeline what is good of a value, and a problem for what is not. Made when the nodes are read: a group's
// member that is no node, or in two groups, is left out, and so is a chart's series of no node.
class AnnotationReader {
public:
    AnnotationReader(Pipeline& pipeline, std::vector<Problem>& problems);

    void readComment(const Json& value, const std::string& place);
    void readGroup(const Json& value, const std::string& place);
    void readChart(const Json& value, const std::string& place);

private:
    void add(std::string place, std::string message);
    void text(const Json& value, const std::string& place, std::string& into);
    void pair(const Json& value, const std::string& place, double smallest, double& first, double& second);
    void readSeries(const Json& list, const std::string& place, PinnedChart& chart);
    void readMembers(const Json& list, const std::string& place, Group& group);
    void takeId(std::string& id, std::set<std::string>& taken, const std::string& place, const char* fresh);

    Pipeline& pipeline_;
    std::vector<Problem>& problems_;
    std::set<std::string> nodes_, grouped_, comments_, groups_;
};

Json commentJson(const Comment& comment);
Json groupJson(const Group& group);
Json chartJson(const PinnedChart& chart);

} // namespace streamwright
