// SPDX-License-Identifier: GPL-3.0-or-later
// Changes: what people ask of a run while it runs: edits of properties, other wiring, taps. Checked here, on the caller's
// thread; kept until the scheduler takes them between two ticks. Knows the plan that was given, the plan that runs, and
// the plan that will run once everything asked for has been taken. Owned by the engine; any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/mutex.h"
#include "core/engine/guests.h"
#include "core/plugin/pipeline_check.h"
#include "core/runtime/tap.h"

namespace streamwright {

class Changes {
public:
    struct Edit {
        std::string node;
        Json written, complete;
    };
    struct Rewiring {
        std::shared_ptr<const PipelinePlan> plan; // with the properties as asked for until then
        std::vector<Edit> edits; // of nodes that stay
    };
    struct Erasure {
        std::string node; // a guest that is gone: what it kept is to go too
    };
    struct Taps { }; // those of tapOf have changed
    using Change = std::variant<Edit, Rewiring, Erasure, Taps>;

    // guests: nodes beside the drawn ones (guests.h). ring: called, from any thread, when there is something to take.
    Changes(PipelinePlan drawn, std::vector<Guest> guests, const Registry& registry, std::function<void()> ring);

    std::vector<Problem> edit(const std::string& node, const Json& properties) EXCLUDES(mutex_);
    std::vector<Problem> rewire(PipelinePlan plan) EXCLUDES(mutex_);
    // A Conflict when there is a node of that id.
    Result<void> addGuest(Guest guest) EXCLUDES(mutex_);
    bool removeGuest(const std::string& id) EXCLUDES(mutex_);
    // As edited last; nothing when it is no guest.
    std::optional<Guest> guest(const std::string& id) const EXCLUDES(mutex_);
    // Whether all that was asked for before the call has been taken; waits so long for it.
    bool settle(std::chrono::milliseconds atMost);
    Json properties(const std::string& node) const EXCLUDES(mutex_);
    std::shared_ptr<const PipelinePlan> plan() const EXCLUDES(mutex_);

    void tap(const std::string& edgeKey, std::size_t mostRecords) EXCLUDES(mutex_);
    void untap(const std::string& edgeKey) EXCLUDES(mutex_);
    std::vector<TappedBatch> tapped(const std::string& edgeKey) const EXCLUDES(mutex_);
    std::shared_ptr<Tap> tapOf(const std::string& edgeKey) const EXCLUDES(mutex_); // null: none

    // The scheduler's: what was asked for since the last call, in that order; what runs from now on.
    std::vector<Change> take() EXCLUDES(mutex_);
    void setPlan(std::shared_ptr<const PipelinePlan> plan) EXCLUDES(mutex_);
    // What take() gave has been done.
    void setTaken();

private:
    std::vector<Problem> rewireTo(PipelinePlan plan) REQUIRES(mutex_);
    void ask();
    std::vector<Problem> checkEdit(const NodeSetup& running, NodeSetup& wanted) const;

    const Registry& registry_;
    const std::function<void()> ring_;
    mutable Mutex mutex_;
    PipelinePlan drawn_ GUARDED_BY(mutex_);
    std::vector<Guest> guests_ GUARDED_BY(mutex_);
    std::shared_ptr<const PipelinePlan> given_ GUARDED_BY(mutex_);
    std::shared_ptr<const PipelinePlan> running_ GUARDED_BY(mutex_);
    PipelinePlan asked_ GUARDED_BY(mutex_);
    std::vector<Change> changes_ GUARDED_BY(mutex_);
    std::map<std::string, std::shared_ptr<Tap>> taps_ GUARDED_BY(mutex_);

    std::mutex takenMutex_;
    std::condition_variable takenChanged_;
    std::uint64_t asks_ = 0, takes_ = 0, taken_ = 0; // guarded by takenMutex_: asked for, given to the scheduler, done
};

// A node of that id, or null.
const NodeSetup* findNode(const PipelinePlan& plan, const std::string& id);
// Whether the node has the same edges, in the same order.
bool sameEdges(const NodeSetup& a, const NodeSetup& b);

} // namespace streamwright
