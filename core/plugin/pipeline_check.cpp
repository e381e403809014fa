// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plugin/pipeline_check.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/schema/nearest_name.h"

namespace streamwright {

namespace {

std::string didYouMean(const std::string& name, const std::vector<std::string>& known)
{
    const std::string near = nearestName(name, known);
    return near.empty() ? "" : "; did you mean " + near + "?";
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : " or ") + word;
    return out;
}

class Checker {
public:
    Checker(const Pipeline& pipeline, const Registry& registry, const std::string& folder, CheckMemory* memory)
        : pipeline_(pipeline),
          registry_(registry),
          folder_(folder),
          memory_(memory)
    {
    }

    PipelineCheck run()
    {
        checkNodes();
        checkEdges();
        checkPorts();
        checkCycles();
        checkByKind();
        checkEdits();
        checkExpectations();
        return std::move(out_);
    }

private:
    struct Known {
        const Registry::Entry* entry;
        std::size_t setup; // index into plan.nodes
        std::string place;
        bool good; // its properties fit
    };

    void add(std::string place, std::string message)
    {
        out_.problems.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
    }
    bool addAll(const std::vector<Problem>& problems, const std::string& below)
    {
        for (const Problem& problem : problems)
            out_.problems.push_back({problem.code, problem.message, below + problem.place});
        return problems.empty();
    }

    void checkNodes()
    {
        std::vector<std::string> names;
        for (const auto& [name, entry] : registry_.kinds())
            names.push_back(name);
        for (const Node& node : pipeline_.nodes) {
            if (node.disabled) {
                disabled_.insert(node.id);
                continue;
            }
            const std::string place = "/nodes/" + std::to_string(node.position);
            const Registry::Entry* entry = registry_.find(node.kind);
            if (!entry) {
                unknownKind_.insert(node.id);
                add(place + "/kind", "there is no kind " + node.kind + didYouMean(node.kind, names));
                continue;
            }
            const NodeSetup* before = remembered(node);
            const bool good =
                before || addAll(checkProperties(entry->kind.fields, node.properties), place + "/properties");
            known_[node.id] = {entry, out_.plan.nodes.size(), place, good};
            Json complete = Json::object();
            if (good) complete = before ? before->properties : completeProperties(entry->kind.fields, node.properties);
            out_.plan.nodes.push_back({node.id, node.kind, std::move(complete), node.properties, {}, {}, folder_});
        }
    }

    const NodeSetup* remembered(const Node& node) const
    {
        if (!memory_) return nullptr;
        const auto found = memory_->good.find(node.id);
        const bool same = found != memory_->good.end() && found->second.kind == node.kind &&
                          found->second.written == node.properties && found->second.folder == folder_;
        return same ? &found->second : nullptr;
    }

    static bool sameEdges(const std::vector<EdgeInfo>& a, const std::vector<EdgeInfo>& b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const EdgeInfo& x, const EdgeInfo& y) {
            return x.fromNode == y.fromNode && x.fromPort == y.fromPort && x.toNode == y.toNode &&
                   x.toPort == y.toPort && x.protocol == y.protocol && x.properties == y.properties;
        });
    }

    const Known* end(const std::string& node, const std::string& place)
    {
        const auto found = known_.find(node);
        if (found != known_.end()) return &found->second;
        if (unknownKind_.contains(node) || disabled_.contains(node)) return nullptr; // said already, or left out
        std::vector<std::string> ids;
        for (const auto& [id, entry] : known_)
            ids.push_back(id);
        add(place, "there is no node " + node + didYouMean(node, ids));
        return nullptr;
    }

    const Port* portOf(const Known& node, const std::string& name, Port::Direction direction, const std::string& place)
    {
        const NodeKind& kind = node.entry->kind;
        const Port* port = kind.port(name);
        if (port && port->direction == direction) return port;
        std::vector<std::string> names;
        for (const Port& candidate : kind.ports)
            if (candidate.direction == direction) names.push_back(candidate.name);
        const char* word = direction == Port::Direction::In ? "input" : "output";
        if (names.empty())
            add(place, kind.name + " has no " + word);
        else
            add(place, kind.name + " has no " + word + " " + name + "; it has " + joined(names));
        return nullptr;
    }

    void checkEdges()
    {
        std::set<std::string> seen;
        for (const Edge& edge : pipeline_.edges) {
            const std::string place = "/edges/" + std::to_string(edge.position);
            if (disabled_.contains(edge.fromNode) || disabled_.contains(edge.toNode)) {
                cutOff_.emplace(edge.fromNode, edge.fromPort);
                cutOff_.emplace(edge.toNode, edge.toPort);
                continue;
            }
            const Known* from = end(edge.fromNode, place + "/from");
            const Known* to = end(edge.toNode, place + "/to");
            const Port* out = from ? portOf(*from, edge.fromPort, Port::Direction::Out, place + "/from") : nullptr;
            const Port* in = to ? portOf(*to, edge.toPort, Port::Direction::In, place + "/to") : nullptr;
            if (!out || !in) continue;
            if (std::find(in->accepts.begin(), in->accepts.end(), out->carries) == in->accepts.end()) {
                add(place, edge.fromNode + "." + edge.fromPort + " carries " + out->carries + ", but " + edge.toNode +
                               "." + edge.toPort + " takes " + joined(in->accepts));
                continue;
            }
            if (!seen.insert(edge.fromNode + "." + edge.fromPort + ">" + edge.toNode + "." + edge.toPort).second) {
                add(place, "the same two ports are joined twice");
                continue;
            }
            if (!addAll(checkProperties(out->fields, edge.properties), place + "/properties")) continue;
            EdgeInfo info{edge.fromNode, edge.fromPort, edge.toNode,
                          edge.toPort,   out->carries,  completeProperties(out->fields, edge.properties),
                          edge.position};
            out_.plan.nodes[from->setup].outputs.push_back(info);
            out_.plan.nodes[to->setup].inputs.push_back(info);
            out_.plan.edges.push_back(std::move(info));
        }
    }

    void checkPorts()
    {
        for (const auto& [id, node] : known_) {
            const NodeSetup& setup = out_.plan.nodes[node.setup];
            for (const Port& port : node.entry->kind.ports) {
                const bool isInput = port.direction == Port::Direction::In;
                const auto& edges = isInput ? setup.inputs : setup.outputs;
                const auto count =
                    static_cast<std::size_t>(std::count_if(edges.begin(), edges.end(), [&](const EdgeInfo& edge) {
                        return (isInput ? edge.toPort : edge.fromPort) == port.name;
                    }));
                if (port.maximumEdges != 0 && count > port.maximumEdges)
                    add(node.place, id + "." + port.name + " takes at most " + std::to_string(port.maximumEdges) +
                                        " edge" + (port.maximumEdges == 1 ? "" : "s") + ", not " +
                                        std::to_string(count));
                const bool cutOff = cutOff_.contains({id, port.name});
                if (!port.required || count != 0 || (isInput && cutOff)) continue;
                add(node.place, id + " needs an edge at its port " + port.name +
                                    (cutOff ? ", and what it has there is disabled: disable " + id + " too"
                                            : (port.help.empty() ? "" : ": " + port.help)));
            }
        }
    }

    // A cycle makes sense only through something that keeps data over time, and never for dead letters.
    void checkCycles()
    {
        std::map<std::string, std::vector<const EdgeInfo*>> direct, deadLetters;
        for (const EdgeInfo& edge : out_.plan.edges) {
            if (edge.fromNode == edge.toNode)
                add("/edges/" + std::to_string(edge.index),
                    edge.fromNode + " feeds itself: what it passes on would never end");
            else if (edge.protocol == "dead-letters")
                deadLetters[edge.fromNode].push_back(&edge);
            else if (!known_.at(edge.fromNode).entry->kind.keeps)
                direct[edge.fromNode].push_back(&edge);
        }
        reportCycle(
            direct,
            "the nodes feed each other in a circle with nothing between that keeps the data (a stream or a queue)");
        reportCycle(deadLetters, "the dead-letter queues form a circle: a message could never be given up");
    }

    void reportCycle(const std::map<std::string, std::vector<const EdgeInfo*>>& graph, const std::string& message)
    {
        std::map<std::string, int> colour; // 1 = on the path, 2 = done
        for (const auto& [start, edges] : graph) {
            if (colour[start] != 0) continue;
            std::vector<std::pair<std::string, std::size_t>> path{{start, 0}};
            colour[start] = 1;
            while (!path.empty()) {
                auto& [node, next] = path.back();
                const auto outgoing = graph.find(node);
                if (outgoing == graph.end() || next == outgoing->second.size()) {
                    colour[node] = 2;
                    path.pop_back();
                    continue;
                }
                const EdgeInfo* edge = outgoing->second[next++];
                if (colour[edge->toNode] == 1) {
                    std::string names;
                    const auto from = std::find_if(path.begin(), path.end(),
                                                   [&](const auto& step) { return step.first == edge->toNode; });
                    for (auto step = from; step != path.end(); ++step)
                        names += step->first + " -> ";
                    add("/edges/" + std::to_string(edge->index), message + ": " + names + edge->toNode);
                } else if (colour[edge->toNode] == 0) {
                    colour[edge->toNode] = 1;
                    path.emplace_back(edge->toNode, 0);
                }
            }
        }
    }

    void checkByKind()
    {
        for (const Node& node : pipeline_.nodes) {
            const auto found = known_.find(node.id);
            if (found == known_.end() || !found->second.good) continue;
            const NodeSetup& setup = out_.plan.nodes[found->second.setup];
            const NodeSetup* before = remembered(node);
            if (before && sameEdges(before->inputs, setup.inputs) && sameEdges(before->outputs, setup.outputs))
                continue;
            const auto& check = found->second.entry->check;
            const bool good = !check || addAll(check(setup), found->second.place + "/properties");
            if (memory_ && good)
                memory_->good[node.id] = setup;
            else if (memory_)
                memory_->good.erase(node.id);
        }
    }

    void checkEdits()
    {
        std::map<std::string, Json> properties;
        for (const Node& node : pipeline_.nodes)
            properties[node.id] = node.properties;
        for (const TimedEdit& edit : pipeline_.edits) {
            const std::string place = "/edits/" + std::to_string(edit.position);
            const Known* node = end(edit.node, place + "/node");
            if (!node || !node->good) continue;
            Json wanted = properties[edit.node];
            wanted.merge_patch(edit.properties);
            const auto& fields = node->entry->kind.fields;
            if (!addAll(checkProperties(fields, wanted), place + "/properties")) continue;
            NodeSetup edited = out_.plan.nodes[node->setup];
            edited.properties = completeProperties(fields, wanted);
            bool good = addAll(checkLiveEdit(fields, out_.plan.nodes[node->setup].properties, edited.properties),
                               place + "/properties");
            if (node->entry->check) good &= addAll(node->entry->check(edited), place + "/properties");
            if (good) properties[edit.node] = std::move(wanted); // a later edit is not blamed for this one
        }
    }

    void checkExpectations()
    {
        for (const Expectation& expectation : pipeline_.expect) {
            const std::string place = "/expect/" + std::to_string(expectation.position) + "/metric";
            const Known* node = end(expectation.node, place);
            if (!node) continue;
            std::vector<std::string> names;
            const MetricKind* metric = nullptr;
            for (const MetricKind& candidate : node->entry->kind.metrics) {
                names.push_back(candidate.name);
                if (candidate.name == expectation.metric) metric = &candidate;
            }
            if (!metric)
                add(place, node->entry->kind.name + " has no metric " + expectation.metric +
                               didYouMean(expectation.metric, names));
            else if (!expectation.part.empty() && metric->part.empty())
                add(place, expectation.metric + " is kept for the whole node only; write " + expectation.node + "." +
                               expectation.metric);
        }
    }

    const Pipeline& pipeline_;
    const Registry& registry_;
    const std::string& folder_;
    CheckMemory* const memory_;
    std::map<std::string, Known> known_;
    std::set<std::string> unknownKind_, disabled_;
    std::set<std::pair<std::string, std::string>>
        cutOff_; // node and port: an edge there leads to or from a disabled node
    PipelineCheck out_;
};

} // namespace

PipelineCheck checkPipeline(const Pipeline& pipeline, const Registry& registry, const std::string& folder,
                            CheckMemory* memory)
{
    if (memory && memory->good.size() > 2 * pipeline.nodes.size() + 100) memory->good.clear();
    return Checker(pipeline, registry, folder, memory).run();
}

} // namespace streamwright
