// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/changes.h"

#include <algorithm>
#include <unordered_map>

namespace streamwright {

namespace {

using NodesById = std::unordered_map<std::string, const NodeSetup*>;

NodesById byId(const PipelinePlan& plan)
{
    NodesById nodes;
    for (const NodeSetup& node : plan.nodes)
        nodes.emplace(node.id, &node);
    return nodes;
}

bool sameList(const std::vector<EdgeInfo>& a, const std::vector<EdgeInfo>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const EdgeInfo& x, const EdgeInfo& y) { return x.sameAs(y); });
}

// The name of the property that a JSON pointer goes through first.
std::string propertyOf(const std::string& place)
{
    std::string name;
    for (std::size_t i = 1; i < place.size() && place[i] != '/'; ++i) {
        if (place[i] == '~' && i + 1 < place.size())
            name += place[++i] == '1' ? '/' : '~';
        else
            name += place[i];
    }
    return name;
}

} // namespace

const NodeSetup* findNode(const PipelinePlan& plan, const std::string& id)
{
    const auto found =
        std::find_if(plan.nodes.begin(), plan.nodes.end(), [&](const NodeSetup& node) { return node.id == id; });
    return found == plan.nodes.end() ? nullptr : &*found;
}

bool sameEdges(const NodeSetup& a, const NodeSetup& b)
{
    return sameList(a.inputs, b.inputs) && sameList(a.outputs, b.outputs);
}

Changes::Changes(PipelinePlan drawn, std::vector<Guest> guests, const Registry& registry, std::function<void()> ring)
    : registry_(registry),
      ring_(std::move(ring)),
      drawn_(std::move(drawn)),
      guests_(std::move(guests)),
      given_(std::make_shared<const PipelinePlan>(withGuests(drawn_, guests_, registry_))),
      running_(given_),
      asked_(*given_)
{
}

// Whether the running node may get the wanted properties; fills in the complete ones.
std::vector<Problem> Changes::checkEdit(const NodeSetup& running, NodeSetup& wanted) const
{
    const Registry::Entry& entry = *registry_.find(running.kind);
    auto problems = checkProperties(entry.kind.fields, wanted.written);
    if (!problems.empty()) return problems;
    wanted.properties = completeProperties(entry.kind.fields, wanted.written);
    problems = checkLiveEdit(entry.kind.fields, running.properties, wanted.properties);
    if (problems.empty() && entry.check) problems = entry.check(wanted);
    return problems;
}

std::vector<Problem> Changes::edit(const std::string& node, const Json& properties)
{
    {
        const MutexLock lock(mutex_);
        const NodeSetup* running = findNode(asked_, node);
        if (!running) return {{ProblemCode::NotFound, "there is no node " + node, ""}};
        NodeSetup wanted = *running;
        wanted.written = properties;
        if (auto problems = checkEdit(*running, wanted); !problems.empty()) return problems;
        changes_.emplace_back(std::in_place_type<Edit>, Edit{node, wanted.written, wanted.properties});
        for (Guest& guest : guests_) {
            if (guest.node.id != node) continue;
            guest.node.written = wanted.written;
            guest.node.properties = wanted.properties;
        }
        asked_.nodes[static_cast<std::size_t>(running - asked_.nodes.data())] = std::move(wanted);
    }
    ask();
    return {};
}

std::vector<Problem> Changes::rewire(PipelinePlan plan)
{
    std::vector<Problem> refused;
    {
        const MutexLock lock(mutex_);
        drawn_ = plan;
        refused = rewireTo(withGuests(std::move(plan), guests_, registry_));
    }
    ask();
    return refused;
}

Result<void> Changes::addGuest(Guest guest)
{
    {
        const MutexLock lock(mutex_);
        if (findNode(asked_, guest.node.id))
            return Problem{ProblemCode::Conflict, "there is a node " + guest.node.id + " already", guest.node.id};
        guests_.push_back(std::move(guest));
        rewireTo(withGuests(drawn_, guests_, registry_));
    }
    ask();
    return {};
}

bool Changes::removeGuest(const std::string& id)
{
    {
        const MutexLock lock(mutex_);
        if (std::erase_if(guests_, [&](const Guest& guest) { return guest.node.id == id; }) == 0) return false;
        rewireTo(withGuests(drawn_, guests_, registry_));
        changes_.emplace_back(std::in_place_type<Erasure>, Erasure{id});
    }
    ask();
    return true;
}

std::optional<Guest> Changes::guest(const std::string& id) const
{
    const MutexLock lock(mutex_);
    for (const Guest& guest : guests_)
        if (guest.node.id == id) return guest;
    return std::nullopt;
}

void Changes::ask()
{
    {
        const std::lock_guard lock(takenMutex_);
        ++asks_;
    }
    ring_();
}

bool Changes::settle(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(takenMutex_);
    return takenChanged_.wait_for(lock, atMost, [this, wanted = asks_] { return taken_ >= wanted; });
}

void Changes::setTaken()
{
    {
        const std::lock_guard lock(takenMutex_);
        taken_ = takes_;
    }
    takenChanged_.notify_all();
}

std::vector<Problem> Changes::rewireTo(PipelinePlan plan)
{
    std::vector<Problem> refused;
    const auto given = std::make_shared<const PipelinePlan>(plan);
    const NodesById running = byId(asked_), givenBefore = byId(*given_);
    std::vector<Edit> edits;
    bool changed = plan.nodes.size() != asked_.nodes.size();
    for (NodeSetup& node : plan.nodes) {
        const auto found = running.find(node.id);
        if (found == running.end() || found->second->kind != node.kind) {
            changed = true;
            continue;
        }
        const NodeSetup& old = *found->second;
        changed |= !sameEdges(node, old);
        const auto before = givenBefore.find(node.id);
        const bool edited = before == givenBefore.end() || before->second->properties != node.properties;
        if (!edited || node.properties == old.properties) {
            node.written = old.written;
            node.properties = old.properties;
            continue;
        }
        const auto refuse = [&](const Problem& problem) {
            refused.push_back({problem.code, problem.message, node.id + problem.place});
        };
        auto problems = checkEdit(old, node);
        for (const Problem& problem : problems) {
            refuse(problem);
            const std::string property = propertyOf(problem.place);
            if (old.written.contains(property))
                node.written[property] = old.written[property];
            else
                node.written.erase(property);
        }
        // Without what was refused the rest may make no sense: then the node keeps all that it has.
        if (!problems.empty() && !checkEdit(old, node).empty()) {
            node.written = old.written;
            node.properties = old.properties;
            const auto& check = registry_.find(node.kind)->check;
            if (check && !sameEdges(node, old) && !check(node).empty()) return refused;
            continue;
        }
        if (node.properties != old.properties) edits.push_back({node.id, node.written, node.properties});
    }
    given_ = given;
    if (!changed && edits.empty()) return refused;
    asked_ = std::move(plan);
    if (changed)
        changes_.emplace_back(std::in_place_type<Rewiring>,
                              Rewiring{std::make_shared<const PipelinePlan>(asked_), std::move(edits)});
    else
        for (Edit& edit : edits)
            changes_.emplace_back(std::in_place_type<Edit>, std::move(edit));
    return refused;
}

Json Changes::properties(const std::string& node) const
{
    const MutexLock lock(mutex_);
    const NodeSetup* found = findNode(*running_, node);
    return found ? found->written : Json();
}

std::shared_ptr<const PipelinePlan> Changes::plan() const
{
    const MutexLock lock(mutex_);
    return running_;
}

void Changes::setPlan(std::shared_ptr<const PipelinePlan> plan)
{
    const MutexLock lock(mutex_);
    running_ = std::move(plan);
}

void Changes::tap(const std::string& edgeKey, std::size_t mostRecords)
{
    {
        const MutexLock lock(mutex_);
        taps_[edgeKey] = std::make_shared<Tap>(mostRecords);
        changes_.emplace_back(std::in_place_type<Taps>);
    }
    ask();
}

void Changes::untap(const std::string& edgeKey)
{
    {
        const MutexLock lock(mutex_);
        if (taps_.erase(edgeKey) == 0) return;
        changes_.emplace_back(std::in_place_type<Taps>);
    }
    ask();
}

std::shared_ptr<Tap> Changes::tapOf(const std::string& edgeKey) const
{
    const MutexLock lock(mutex_);
    const auto found = taps_.find(edgeKey);
    return found == taps_.end() ? nullptr : found->second;
}

std::vector<TappedBatch> Changes::tapped(const std::string& edgeKey) const
{
    const std::shared_ptr<Tap> tap = tapOf(edgeKey);
    return tap ? tap->batches() : std::vector<TappedBatch>{};
}

std::vector<Changes::Change> Changes::take()
{
    {
        const std::lock_guard lock(takenMutex_);
        takes_ = asks_;
    }
    const MutexLock lock(mutex_);
    return std::exchange(changes_, {});
}

} // namespace streamwright
