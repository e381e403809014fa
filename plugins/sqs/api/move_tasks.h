// SPDX-License-Identifier: GPL-3.0-or-later
// MoveTasks: the message move tasks of a run (redrive out of dead-letter queues): started, going on at their rate by the
// host's timer, ended or cancelled, and listed for a while. Those of a queue are a fact of the store: "sqs/NODE/moves", so
// that they go on after a restart. State of a run (api::Host::state). Any thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/service.h"
#include "core/base/mutex.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

enum class MoveStatus { Running, Completed, Cancelled, Failed };
std::string_view textOf(MoveStatus status); // "RUNNING"

struct MoveTask {
    std::string id;
    std::string source; // names of queues
    std::string destination; // "": each message goes back to where it came from
    std::optional<std::int64_t> perSecond; // as given
    Time started{};
    MoveStatus status = MoveStatus::Running;
    std::string failure; // FailureReason
    std::uint64_t moved = 0, toMove = 0;
};

class MoveTasks : public std::enable_shared_from_this<MoveTasks> {
public:
    static std::shared_ptr<MoveTasks> of(api::Host& host) { return host.state<MoveTasks>(); }

    // Its id; nothing when one is running for that source already.
    std::optional<std::string> start(api::Host& host, MoveTask task) EXCLUDES(mutex_);
    // The task as it was cancelled; nothing when there is none of that id.
    std::optional<MoveTask> cancel(api::Host& host, const std::string& source, const std::string& id) EXCLUDES(mutex_);
    // Those of the run before, which go on.
    void resume(api::Host& host) EXCLUDES(mutex_);
    std::vector<MoveTask> list(const std::string& source, std::size_t most) const EXCLUDES(mutex_); // newest first

private:
    using TaskPtr = std::shared_ptr<MoveTask>;
    void keep(api::Host& host, const std::string& source) REQUIRES(mutex_);
    void schedule(api::Host& host, const TaskPtr& task, Time t);
    void step(api::Host& host, const TaskPtr& task) EXCLUDES(mutex_);
    // Moves up to so many; nothing when it is done, the reason when it has failed.
    struct Moved {
        std::uint64_t messages = 0;
        bool more = false;
        std::string failure;
    };
    static Moved move(const api::Host& host, const MoveTask& task, std::size_t most, Time now);

    mutable Mutex mutex_;
    std::map<std::string, std::deque<TaskPtr>> tasks_ GUARDED_BY(mutex_); // by source, newest first
    std::uint64_t started_ GUARDED_BY(mutex_) = 0;
};

// A task's handle is opaque text that names the task and its source.
std::string taskHandle(std::string_view id, const std::string& sourceArn);
struct TaskName {
    std::string id, sourceArn;
};
std::optional<TaskName> parseTaskHandle(std::string_view handle);

} // namespace streamwright::sqs
