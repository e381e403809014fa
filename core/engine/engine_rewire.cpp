// SPDX-License-Identifier: GPL-3.0-or-later
// EngineRun's rewiring: from the nodes and channels that run to those of another plan, between two ticks.
#include <algorithm>
#include <optional>

#include "core/engine/engine_run.h"

namespace streamwright {

namespace {

// Stands in for an operator that could not be opened: takes nothing, so that senders keep what they have.
class ClosedOperator : public Operator {
public:
    Result<void> open(Context&) override { return {}; }
    void step(Context&) override { }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

} // namespace

// Makes the channels of edges_: kept ones where the edge is the same, else new ones. What is left over stays in `kept`.
void EngineRun::join(Channels& kept)
{
    std::unordered_map<std::string, std::size_t> byId, byKey;
    nodeOfNumber_.clear();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        byId[nodes_[i]->nodeId()] = i;
        nodeOfNumber_[nodes_[i]->number()] = i;
    }
    for (std::size_t i = 0; i < kept.size(); ++i)
        byKey[kept[i].key] = i;
    channels_.clear();
    channelsOf_.assign(nodes_.size(), {});
    for (const EdgeInfo& edge : edges_) {
        Joined joined{nullptr, byId.at(edge.fromNode), byId.at(edge.toNode), edgeKey(edge), {}};
        const auto old = byKey.find(joined.key);
        if (old != byKey.end() && kept[old->second].channel->edge().sameAs(edge)) {
            joined.channel = std::move(kept[old->second].channel);
        } else {
            joined.channel = std::make_unique<Channel>(edge);
            joined.channel->setTap(changes_.tapOf(joined.key));
        }
        channelsOf_[joined.from].push_back(channels_.size());
        channelsOf_[joined.to].push_back(channels_.size());
        channels_.push_back(std::move(joined));
    }
    for (const auto& node : nodes_)
        node->clearEnds();
    for (const Joined& joined : channels_) {
        nodes_[joined.from]->addOutlet(joined.channel->outlet());
        nodes_[joined.to]->addInlet(joined.channel->inlet());
    }
}

void EngineRun::take(const Changes::Rewiring& rewiring)
{
    closeSecond();
    for (const Joined& joined : channels_) // so that nothing is on its way between two ends
        exchange(joined);

    std::unordered_map<std::string, const Changes::Edit*> edits;
    for (const Changes::Edit& edit : rewiring.edits)
        edits[edit.node] = &edit;
    std::unordered_map<std::string, std::size_t> running;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        running[nodes_[i]->nodeId()] = i;

    const auto runningAs = [&](const NodeSetup& wanted) -> std::optional<std::size_t> {
        const auto found = running.find(wanted.id);
        if (found == running.end() || nodes_[found->second]->setup().kind != wanted.kind) return {};
        return found->second;
    };
    std::vector<bool> stays(nodes_.size(), false);
    for (const NodeSetup& wanted : rewiring.plan->nodes)
        if (const auto index = runningAs(wanted)) stays[*index] = true;
    const auto kept = [&](const Joined& joined) { return stays[joined.from] && stays[joined.to]; };
    // A neighbour may go while its edges look the same: another kind of node has come under its id.
    const auto losesChannel = [&](std::size_t index) {
        return std::any_of(channelsOf_[index].begin(), channelsOf_[index].end(),
                           [&](std::size_t channel) { return !kept(channels_[channel]); });
    };

    Nodes nodes;
    std::vector<std::size_t> numbers(nodes_.size(), Schedule::kGone), added;
    std::vector<std::pair<std::size_t, NodeSetup>> changed;
    for (const NodeSetup& wanted : rewiring.plan->nodes) {
        const auto index = runningAs(wanted);
        if (!index) {
            added.push_back(nodes.size());
            nodes.push_back(nullptr);
            continue;
        }
        NodeRuntime& node = *nodes_[*index];
        if (!sameEdges(wanted, node.setup()) || losesChannel(*index)) {
            NodeSetup setup = wanted;
            if (!edits.contains(wanted.id)) {
                setup.written = node.setup().written;
                setup.properties = node.setup().properties;
            }
            edits.erase(wanted.id);
            changed.emplace_back(nodes.size(), std::move(setup));
        }
        numbers[*index] = nodes.size();
        nodes.push_back(std::move(nodes_[*index]));
    }

    Channels keptChannels, goneChannels;
    for (Joined& joined : channels_)
        (kept(joined) ? keptChannels : goneChannels).push_back(std::move(joined));
    Nodes goneNodes;
    for (auto& node : nodes_) {
        if (!node) continue;
        node->op().close(*node);
        gone_.insert_or_assign(node->nodeId(), node->tally());
        {
            const MutexLock lock(outsideMutex_);
            browsables_.erase(node->nodeId());
            std::erase_if(resources_[node->setup().kind],
                          [&](const auto& entry) { return entry.second.node == node->nodeId(); });
        }
        goneNodes.push_back(std::move(node));
    }
    nodes_ = std::move(nodes);
    for (const std::size_t i : added)
        nodes_[i] = makeNode(rewiring.plan->nodes[i]);
    schedule_.renumber(numbers, nodes_.size());
    edges_ = rewiring.plan->edges;
    join(keptChannels);

    std::vector<std::unique_ptr<Operator>> closed;
    for (auto& [i, setup] : changed) {
        NodeRuntime& node = *nodes_[i];
        const bool goesOn = node.op().rewired(node, setup);
        node.setSetup(std::move(setup));
        schedule_.markReady(i);
        if (goesOn)
            show(node);
        else
            closed.push_back(replaceOperator(i));
    }
    for (const std::size_t i : added)
        openAnew(i);
    for (const Joined& joined : channels_)
        exchange(joined);
    for (const Changes::Edit& edit : rewiring.edits)
        if (edits.contains(edit.node)) take(edit);
    planStale_ = true;
    report("", Severity::Information, "the wiring was changed");
}

// The operator that was; channels may point to it no more.
std::unique_ptr<Operator> EngineRun::replaceOperator(std::size_t index)
{
    NodeRuntime& node = *nodes_[index];
    node.op().close(node);
    for (const std::size_t i : channelsOf_[index]) {
        const Joined& joined = channels_[i];
        exchange(joined);
        if (joined.from == index)
            joined.channel->replaceSender();
        else
            joined.channel->replaceReceiver();
        schedule_.markReady(joined.from);
    }
    auto old = node.exchangeOperator(makeOperator(node.setup()));
    openAnew(index);
    return old;
}

void EngineRun::openAnew(std::size_t index)
{
    NodeRuntime& node = *nodes_[index];
    if (auto opened = openNode(node); !opened) {
        report(node.nodeId(), Severity::Error, "could not be opened: " + opened.problem().text());
        node.exchangeOperator(std::make_unique<ClosedOperator>());
    }
    schedule_.setWake(index, node.takeWake());
}

} // namespace streamwright
