// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plugin/pipeline_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

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
    // With a memory: problems only, no plan.
    Checker(const Pipeline& pipeline, const Registry& registry, const std::string& folder, CheckMemory* memory)
        : pipeline_(pipeline),
          registry_(registry),
          folder_(folder),
          memory_(memory)
    {
        known_.reserve(pipeline.nodes.size());
    }

    PipelineCheck run()
    {
        checkNodes();
        checkEdges();
        if (!memory_)
            for (NodeSetup& setup : out_.plan.nodes)
                fillEdges(known_.at(setup.id), setup);
        checkPorts();
        checkCycles();
        checkByKind();
        checkEdits();
        checkExpectations();
        return std::move(out_);
    }

private:
    struct Known {
        const Node* node;
        const Registry::Entry* entry;
        std::string place;
        bool good; // its properties fit
        const NodeSetup* before; // as an earlier check found it good; null = not the same any more
        std::size_t setup; // index into plan.nodes; without a plan: kNone until it is needed
        std::vector<std::size_t> inputs, outputs; // indices into plan.edges
    };
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

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
            Known& known = known_[node.id];
            known = {&node, entry, place, good, before, kNone, {}, {}};
            if (!memory_) makeSetup(known);
        }
    }

    void makeSetup(Known& known)
    {
        const Node& node = *known.node;
        Json complete = Json::object();
        if (known.before)
            complete = known.before->properties;
        else if (known.good)
            complete = completeProperties(known.entry->kind.fields, node.properties);
        known.setup = out_.plan.nodes.size();
        out_.plan.nodes.push_back({node.id, node.kind, std::move(complete), node.properties, {}, {}, folder_});
    }

    void fillEdges(const Known& known, NodeSetup& setup) const
    {
        const auto fill = [this](const std::vector<std::size_t>& indices, std::vector<EdgeInfo>& into) {
            into.clear();
            for (const std::size_t index : indices)
                into.push_back(out_.plan.edges[index]);
        };
        fill(known.inputs, setup.inputs);
        fill(known.outputs, setup.outputs);
    }

    // Complete with its edges. Valid until the next call.
    const NodeSetup& setupOf(Known& known)
    {
        if (known.setup == kNone) {
            makeSetup(known);
            fillEdges(known, out_.plan.nodes.back());
        }
        return out_.plan.nodes[known.setup];
    }

    const NodeSetup* remembered(const Node& node) const
    {
        if (!memory_) return nullptr;
        const auto found = memory_->good.find(node.id);
        const bool same = found != memory_->good.end() && found->second.kind == node.kind &&
                          found->second.written == node.properties && found->second.folder == folder_;
        return same ? &found->second : nullptr;
    }

    bool sameEdges(const std::vector<EdgeInfo>& a, const std::vector<std::size_t>& b) const
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [this](const EdgeInfo& x, std::size_t index) {
            const EdgeInfo& y = out_.plan.edges[index];
            return x.fromNode == y.fromNode && x.fromPort == y.fromPort && x.toNode == y.toNode &&
                   x.toPort == y.toPort && x.protocol == y.protocol && x.properties == y.properties;
        });
    }

    Known* end(const std::string& node, const std::string& place)
    {
        const auto found = known_.find(node);
        if (found != known_.end()) return &found->second;
        if (unknownKind_.contains(node) || disabled_.contains(node)) return nullptr; // said already, or left out
        std::vector<std::string> ids;
        for (const auto& [id, entry] : known_)
            ids.push_back(id);
        std::sort(ids.begin(), ids.end());
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
            Known* from = end(edge.fromNode, place + "/from");
            Known* to = end(edge.toNode, place + "/to");
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
            from->outputs.push_back(out_.plan.edges.size());
            to->inputs.push_back(out_.plan.edges.size());
            out_.plan.edges.push_back({edge.fromNode, edge.fromPort, edge.toNode, edge.toPort, out->carries,
                                       completeProperties(out->fields, edge.properties), edge.position});
        }
    }

    void checkPorts()
    {
        for (const Node& drawn : pipeline_.nodes) {
            const auto found = known_.find(drawn.id);
            if (found == known_.end() || found->second.node != &drawn) continue;
            const std::string& id = drawn.id;
            const Known& node = found->second;
            for (const Port& port : node.entry->kind.ports) {
                const bool isInput = port.direction == Port::Direction::In;
                const auto& edges = isInput ? node.inputs : node.outputs;
                const auto count =
                    static_cast<std::size_t>(std::count_if(edges.begin(), edges.end(), [&](std::size_t index) {
                        const EdgeInfo& edge = out_.plan.edges[index];
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
            Known& known = found->second;
            if (known.before && sameEdges(known.before->inputs, known.inputs) &&
                sameEdges(known.before->outputs, known.outputs))
                continue;
            const NodeSetup& setup = setupOf(known);
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
        std::map<std::string, Json> properties; // as the edits before leave them
        for (const TimedEdit& edit : pipeline_.edits) {
            const std::string place = "/edits/" + std::to_string(edit.position);
            Known* node = end(edit.node, place + "/node");
            if (!node || !node->good) continue;
            Json& last = properties.try_emplace(edit.node, node->node->properties).first->second;
            Json wanted = last;
            wanted.merge_patch(edit.properties);
            const auto& fields = node->entry->kind.fields;
            if (!addAll(checkProperties(fields, wanted), place + "/properties")) continue;
            const NodeSetup& setup = setupOf(*node);
            NodeSetup edited = setup;
            edited.properties = completeProperties(fields, wanted);
            bool good = addAll(checkLiveEdit(fields, setup.properties, edited.properties), place + "/properties");
            if (node->entry->check) good &= addAll(node->entry->check(edited), place + "/properties");
            if (good) last = std::move(wanted); // a later edit is not blamed for this one
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
    std::unordered_map<std::string, Known> known_;
    std::unordered_set<std::string> unknownKind_, disabled_;
    std::set<std::pair<std::string, std::string>>
        cutOff_; // node and port: an edge there leads to or from a disabled node
    PipelineCheck out_;
};

} // namespace

PipelineCheck checkPipeline(const Pipeline& pipeline, const Registry& registry, const std::string& folder)
{
    return Checker(pipeline, registry, folder, nullptr).run();
}

std::vector<Problem> checkAgain(const Pipeline& pipeline, const Registry& registry, const std::string& folder,
                                CheckMemory& memory)
{
    if (memory.good.size() > 2 * pipeline.nodes.size() + 100) memory.good.clear();
    return Checker(pipeline, registry, folder, &memory).run().problems;
}

} // namespace streamwright
