// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fixes.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "app/session/arrange.h"
#include "app/session/pipeline_edits.h"
#include "app/session/property_fixes.h"
#include "core/plugin/pipeline_check.h"
#include "core/schema/nearest_name.h"

namespace streamwright {

namespace {

constexpr std::size_t kMostFixes = 5;

// "/nodes/3/properties/Prefix" taken apart.
struct Place {
    std::string list; // nodes, edges, edits, expect
    std::size_t position = 0;
    std::string rest; // "/properties/Prefix"
};

std::optional<Place> readPlace(const std::string& pointer)
{
    const auto second = pointer.empty() || pointer[0] != '/' ? std::string::npos : pointer.find('/', 1);
    if (second == std::string::npos) return std::nullopt;
    const auto third = std::min(pointer.find('/', second + 1), pointer.size());
    Place place{pointer.substr(1, second - 1), 0, pointer.substr(third)};
    const auto read = std::from_chars(pointer.data() + second + 1, pointer.data() + third, place.position);
    if (read.ec != std::errc() || read.ptr != pointer.data() + third) return std::nullopt;
    return place;
}

template <typename Items>
auto* at(Items& items, std::size_t position)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.position == position; });
    return found == items.end() ? nullptr : &*found;
}

template <typename Items>
void eraseAt(Items& items, std::size_t position)
{
    items.erase(std::remove_if(items.begin(), items.end(), [&](const auto& item) { return item.position == position; }),
                items.end());
}

std::string belowProperties(const std::string& rest)
{
    constexpr std::string_view kHead = "/properties";
    return rest.rfind(kHead, 0) == 0 ? rest.substr(kHead.size()) : std::string();
}

bool inProperties(const std::string& rest) { return rest == "/properties" || rest.rfind("/properties/", 0) == 0; }

// "NAME is required: ...": the name.
std::string missingMember(const Problem& problem)
{
    const auto end = problem.message.find(" is required");
    const bool word = end != std::string::npos && problem.message.find(' ') == end;
    return word ? problem.message.substr(0, end) : std::string();
}

class Finder {
public:
    Finder(const Pipeline& pipeline, const Registry& registry, const Problem& problem)
        : pipeline_(pipeline),
          registry_(registry),
          problem_(problem)
    {
    }

    std::vector<Fix> find()
    {
        const auto place = readPlace(problem_.place);
        if (!place) return {};
        place_ = *place;
        if (place_.list == "nodes") ofNode();
        if (place_.list == "edges") ofEdge();
        if (place_.list == "edits") ofTimedEdit();
        if (place_.list == "expect") ofExpectation();
        return std::move(out_);
    }

private:
    const NodeKind* kindOf(const std::string& id) const
    {
        const Node* node = pipeline_.node(id);
        const Registry::Entry* entry = node ? registry_.find(node->kind) : nullptr;
        return entry ? &entry->kind : nullptr;
    }

    std::vector<std::string> nodeIds() const
    {
        std::vector<std::string> ids;
        for (const Node& node : pipeline_.nodes)
            ids.push_back(node.id);
        return ids;
    }

    // The nodes with what joins them to others: enough to see whether a fix mends. Positions, and so places, stay.
    Pipeline around(const std::set<std::string>& middle) const
    {
        Pipeline part;
        std::set<std::string> nodes = middle;
        for (const Edge& edge : pipeline_.edges) {
            if (!middle.contains(edge.fromNode) && !middle.contains(edge.toNode)) continue;
            part.edges.push_back(edge);
            nodes.insert(edge.fromNode);
            nodes.insert(edge.toNode);
        }
        for (const Node& node : pipeline_.nodes)
            if (nodes.contains(node.id)) part.nodes.push_back(node);
        for (const TimedEdit& edit : pipeline_.edits)
            if (nodes.contains(edit.node)) part.edits.push_back(edit);
        for (const Expectation& expectation : pipeline_.expect)
            if (nodes.contains(expectation.node)) part.expect.push_back(expectation);
        return part;
    }

    // Offers the change if it mends the problem and makes no others.
    void offer(const std::string& label, const std::set<std::string>& touched, std::function<void(Pipeline&)> change)
    {
        if (out_.size() >= kMostFixes) return;
        if (std::any_of(out_.begin(), out_.end(), [&](const Fix& fix) { return fix.label == label; })) return;
        Pipeline part = around(touched);
        const auto before = checkPipeline(part, registry_, "").problems;
        change(part);
        const auto after = checkPipeline(part, registry_, "").problems;
        const bool stays = std::any_of(after.begin(), after.end(), [&](const Problem& left) {
            return left.message == problem_.message && left.place == problem_.place;
        });
        if (stays || after.size() > before.size()) return;
        out_.push_back({label, std::move(change)});
    }
    // Removing always mends.
    void offerRemoval(const std::string& label, std::function<void(Pipeline&)> change)
    {
        out_.push_back({label, std::move(change)});
    }

    void ofNode()
    {
        const Node* node = at(pipeline_.nodes, place_.position);
        if (!node) return;
        const std::string id = node->id;
        if (place_.rest == "/kind") {
            ofUnknownKind(*node);
        } else if (const NodeKind* kind = kindOf(id)) {
            if (inProperties(place_.rest))
                for (const PropertyFix& fix : propertyFixes(kind->fields, node->properties,
                                                            belowProperties(place_.rest), missingMember(problem_)))
                    offer(fix.label, {id}, [id, change = fix.change](Pipeline& pipeline) {
                        if (Node* found = const_cast<Node*>(pipeline.node(id))) change(found->properties);
                    });
            else
                ofPorts(*node, *kind);
        }
        offer("Disable " + id, {id}, [id](Pipeline& pipeline) { setDisabled(pipeline, {id}, true); });
    }

    void ofUnknownKind(const Node& node)
    {
        std::vector<std::string> names;
        for (const auto& [name, entry] : registry_.kinds())
            names.push_back(name);
        const std::string near = nearestName(node.kind, names), id = node.id;
        if (!near.empty())
            offer("Change its kind to " + near, {id}, [id, near](Pipeline& pipeline) {
                if (Node* found = const_cast<Node*>(pipeline.node(id))) found->kind = near;
            });
        offerRemoval("Remove " + id,
                     [id, registry = &registry_](Pipeline& pipeline) { removeNodes(pipeline, *registry, {id}); });
    }

    void ofPorts(const Node& node, const NodeKind& kind)
    {
        for (const Port& port : kind.ports) {
            const bool isInput = port.direction == Port::Direction::In;
            std::vector<const Edge*> here;
            for (const Edge& edge : pipeline_.edges)
                if (isInput ? edge.toNode == node.id && edge.toPort == port.name
                            : edge.fromNode == node.id && edge.fromPort == port.name)
                    here.push_back(&edge);
            if (port.required && here.empty()) join({node.id, port.name}, isInput);
            if (port.required)
                for (const Edge* edge : here)
                    enable(isInput ? edge->fromNode : edge->toNode, node.id);
            if (port.maximumEdges != 0 && here.size() > port.maximumEdges)
                for (auto edge = here.rbegin(); edge != here.rend(); ++edge)
                    removeEdge("Remove the edge " +
                                   std::string(isInput ? "from " + (*edge)->fromNode : "to " + (*edge)->toNode),
                               **edge);
        }
    }

    // To what is there and fits, else to something new.
    void join(const WireEnd& end, bool isInput)
    {
        for (const Node& other : pipeline_.nodes) {
            if (out_.size() >= 2) return;
            const auto port = fittingPort(pipeline_, registry_, end, other.id);
            if (!port) continue;
            const WireEnd there{other.id, *port};
            offer(isInput ? "Join it to " + other.id : "Send it to " + other.id, {end.node, other.id},
                  [=](Pipeline& pipeline) { connect(pipeline, isInput ? there : end, isInput ? end : there); });
        }
        for (const FittingKind& fitting : fittingKinds(pipeline_, registry_, end)) {
            if (out_.size() >= 3) return;
            offer("Add " + fitting.kind->title, {end.node},
                  [=, name = fitting.kind->name, port = fitting.port, registry = &registry_](Pipeline& pipeline) {
                      const Point here = placeOf(pipeline, end.node).value_or(Point{});
                      const Point wish{here.x + (isInput ? -14 : 14) * kGrid, here.y};
                      const WireEnd added{addNode(pipeline, *registry, name, freePlace(pipeline, wish, {})), port};
                      connect(pipeline, isInput ? added : end, isInput ? end : added);
                  });
        }
    }

    void enable(const std::string& disabled, const std::string& node)
    {
        const Node* other = pipeline_.node(disabled);
        if (!other || !other->disabled) return;
        offer("Enable " + disabled, {node, disabled},
              [disabled](Pipeline& pipeline) { setDisabled(pipeline, {disabled}, false); });
    }

    void removeEdge(const std::string& label, const Edge& edge)
    {
        offerRemoval(label, [position = edge.position](Pipeline& pipeline) { eraseAt(pipeline.edges, position); });
    }

    void ofEdge()
    {
        const Edge* edge = at(pipeline_.edges, place_.position);
        if (!edge) return;
        const std::size_t position = place_.position;
        if (inProperties(place_.rest)) {
            const NodeKind* kind = kindOf(edge->fromNode);
            const Port* port = kind ? kind->port(edge->fromPort) : nullptr;
            if (port)
                for (const PropertyFix& fix : propertyFixes(port->fields, edge->properties,
                                                            belowProperties(place_.rest), missingMember(problem_)))
                    offer(fix.label, {edge->fromNode}, [position, change = fix.change](Pipeline& pipeline) {
                        if (Edge* found = at(pipeline.edges, position)) change(found->properties);
                    });
        } else {
            otherEnd(*edge, true);
            otherEnd(*edge, false);
        }
        removeEdge("Remove the edge", *edge);
    }

    // Another node of a like name, or another port of the same one.
    void otherEnd(const Edge& edge, bool fromEnd)
    {
        const std::string &node = fromEnd ? edge.fromNode : edge.toNode, &other = fromEnd ? edge.toNode : edge.fromNode;
        if (!pipeline_.node(other)) return;
        const WireEnd held = fromEnd ? WireEnd{edge.toNode, edge.toPort} : WireEnd{edge.fromNode, edge.fromPort};
        const auto lead = [&](const WireEnd& there, const std::string& label) {
            offer(label, {other, there.node}, [position = edge.position, there, fromEnd](Pipeline& pipeline) {
                if (Edge* found = at(pipeline.edges, position)) {
                    (fromEnd ? found->fromNode : found->toNode) = there.node;
                    (fromEnd ? found->fromPort : found->toPort) = there.port;
                }
            });
        };
        if (!pipeline_.node(node)) {
            const std::string near = nearestName(node, nodeIds());
            const auto port =
                near.empty() ? Result<std::string>(Problem{}) : fittingPort(pipeline_, registry_, held, near);
            if (port) lead({near, *port}, "Join it to " + near);
            return;
        }
        const auto port = fittingPort(pipeline_, registry_, held, node, keyOf(edge));
        if (port) lead({node, *port}, "Use the port " + *port);
    }

    void ofTimedEdit()
    {
        const TimedEdit* edit = at(pipeline_.edits, place_.position);
        if (!edit) return;
        const std::size_t position = place_.position;
        const NodeKind* kind = kindOf(edit->node);
        if (kind && inProperties(place_.rest)) {
            for (const PropertyFix& fix :
                 propertyFixes(kind->fields, edit->properties, belowProperties(place_.rest), missingMember(problem_)))
                offer(fix.label, {edit->node}, [position, change = fix.change](Pipeline& pipeline) {
                    if (TimedEdit* found = at(pipeline.edits, position)) change(found->properties);
                });
        } else if (const std::string near = nearestName(edit->node, nodeIds()); !kind && !near.empty()) {
            offer("Make it an edit of " + near, {near}, [position, near](Pipeline& pipeline) {
                if (TimedEdit* found = at(pipeline.edits, position)) found->node = near;
            });
        }
        offerRemoval("Remove the timed edit", [position](Pipeline& pipeline) { eraseAt(pipeline.edits, position); });
    }

    void ofExpectation()
    {
        const Expectation* expectation = at(pipeline_.expect, place_.position);
        if (!expectation) return;
        const std::size_t position = place_.position;
        const auto change = [&](const std::string& label, const std::string& node, std::string Expectation::*member,
                                const std::string& value) {
            offer(label, {node}, [=](Pipeline& pipeline) {
                if (Expectation* found = at(pipeline.expect, position)) found->*member = value;
            });
        };
        if (const NodeKind* kind = kindOf(expectation->node)) {
            std::vector<std::string> names;
            for (const MetricKind& metric : kind->metrics)
                names.push_back(metric.name);
            if (const std::string near = nearestName(expectation->metric, names); !near.empty())
                change("Expect it of " + near, expectation->node, &Expectation::metric, near);
            if (!expectation->part.empty())
                change("Expect it of the whole node", expectation->node, &Expectation::part, "");
        } else if (const std::string near = nearestName(expectation->node, nodeIds()); !near.empty()) {
            change("Expect it of " + near, near, &Expectation::node, near);
        }
        offerRemoval("Remove the expectation", [position](Pipeline& pipeline) { eraseAt(pipeline.expect, position); });
    }

    const Pipeline& pipeline_;
    const Registry& registry_;
    const Problem& problem_;
    Place place_;
    std::vector<Fix> out_;
};

} // namespace

std::vector<Fix> fixesFor(const Pipeline& pipeline, const Registry& registry, const Problem& problem)
{
    return Finder(pipeline, registry, problem).find();
}

ProblemSubject subjectOf(const Pipeline& pipeline, const Problem& problem)
{
    ProblemSubject subject;
    const auto place = readPlace(problem.place);
    if (!place) return subject;
    subject.property = belowProperties(place->rest);
    if (place->list == "nodes") {
        if (const Node* node = at(pipeline.nodes, place->position)) subject.node = node->id;
    } else if (place->list == "edges") {
        if (const Edge* edge = at(pipeline.edges, place->position)) subject.edge = keyOf(*edge);
    } else if (place->list == "edits") {
        if (const TimedEdit* edit = at(pipeline.edits, place->position)) subject.node = edit->node;
    } else if (place->list == "expect") {
        if (const Expectation* expectation = at(pipeline.expect, place->position)) subject.node = expectation->node;
    }
    return subject;
}

} // namespace streamwright
