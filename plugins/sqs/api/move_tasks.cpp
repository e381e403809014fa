// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/move_tasks.h"

#include <algorithm>

#include "core/base/base64.h"
#include "core/base/digest.h"
#include "core/base/json.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue_properties.h"

namespace streamwright::sqs {

namespace {

// A task moves at the most so often, and then several messages.
constexpr std::int64_t kStepsPerSecond = 10;

std::int64_t rateOf(const MoveTask& task) { return task.perSecond.value_or(kMovesPerSecondMaximum); }

std::size_t messagesPerStep(const MoveTask& task)
{
    return static_cast<std::size_t>(std::max<std::int64_t>(1, rateOf(task) / kStepsPerSecond));
}

Duration stepInterval(const MoveTask& task)
{
    return seconds(1) * static_cast<std::int64_t>(messagesPerStep(task)) / rateOf(task);
}

} // namespace

std::optional<std::string> MoveTasks::start(api::Host& host, MoveTask task)
{
    const MutexLock lock(mutex_);
    std::deque<TaskPtr>& ofSource = tasks_[task.source];
    if (!ofSource.empty() && ofSource.front()->status == MoveTask::Status::Running) return std::nullopt;
    task.id = messageIdText(messageId(stableHash(task.source), ++started_));
    const auto started = std::make_shared<MoveTask>(std::move(task));
    ofSource.push_front(started);
    if (ofSource.size() > static_cast<std::size_t>(kMoveTasksListed)) ofSource.pop_back();
    schedule(host, started, started->started);
    return started->id;
}

std::optional<MoveTask> MoveTasks::cancel(const std::string& source, const std::string& id)
{
    const MutexLock lock(mutex_);
    for (const TaskPtr& task : tasks_[source]) {
        if (task->id != id) continue;
        const MoveTask before = *task;
        if (task->status == MoveTask::Status::Running) task->status = MoveTask::Status::Cancelled;
        return before;
    }
    return std::nullopt;
}

std::vector<MoveTask> MoveTasks::list(const std::string& source, std::size_t most) const
{
    const MutexLock lock(mutex_);
    std::vector<MoveTask> tasks;
    const auto found = tasks_.find(source);
    if (found == tasks_.end()) return tasks;
    for (const TaskPtr& task : found->second)
        if (tasks.size() < most) tasks.push_back(*task);
    return tasks;
}

void MoveTasks::schedule(api::Host& host, const TaskPtr& task, Time t)
{
    host.at(t, [weak = weak_from_this(), &host, task] {
        if (const auto self = weak.lock()) self->step(host, task);
    });
}

void MoveTasks::step(api::Host& host, const TaskPtr& task)
{
    MoveTask now;
    {
        const MutexLock lock(mutex_);
        if (task->status != MoveTask::Status::Running) return;
        now = *task;
    }
    const Time at = host.now();
    const Moved moved = move(host, now, messagesPerStep(now), at);
    const MutexLock lock(mutex_);
    task->moved += moved.messages;
    if (task->status != MoveTask::Status::Running) return;
    if (!moved.failure.empty()) {
        task->failure = moved.failure;
        task->status = MoveTask::Status::Failed;
    } else if (!moved.more) {
        task->status = MoveTask::Status::Completed;
    } else {
        schedule(host, task, at + stepInterval(now));
    }
}

MoveTasks::Moved MoveTasks::move(const api::Host& host, const MoveTask& task, std::size_t most, Time now)
{
    constexpr const char* kNoQueue = "AWS.SimpleQueueService.NonExistentQueue";
    const auto source = findQueue(host, task.source);
    if (!source) return {0, false, kNoQueue};
    const auto out = source->takeOut(most, now);
    if (!out) return {0, false, kNoQueue};
    Moved result;
    std::vector<MessageNumber> moved, returned;
    for (const ReceivedMessage& message : out->dead) {
        const std::string_view to =
            task.destination.empty() ? message.source.substr(message.source.rfind(':') + 1) : task.destination;
        const auto target = findQueue(host, to);
        const std::vector<MessageAttribute> attributes = decodeMessageAttributes(message.attributes);
        DeadLetter letter; // a new message there
        letter.message = {message.body, message.groupId, message.deduplicationId, attributes, {}, {}};
        letter.sent = now;
        const auto answers = target ? target->moveIn(std::span(&letter, 1), now)
                                    : Refusal{RefusalCode::QueueDoesNotExist, "The specified queue does not exist."};
        const bool taken = answers && answers->front();
        if (!answers) result.failure = kNoQueue;
        if (answers && !taken) result.failure = name(answers->front().refusal().code);
        (taken ? moved : returned).push_back(message.handle.number);
    }
    source->settleMove(moved, returned, now);
    result.messages = moved.size();
    result.more = source->queue().deliverable(now);
    return result;
}

std::string taskHandle(std::string_view id, const std::string& sourceArn)
{
    std::string handle;
    appendBase64(handle, Json{{"taskId", id}, {"sourceArn", sourceArn}}.dump());
    return handle;
}

std::optional<TaskName> parseTaskHandle(std::string_view handle)
{
    std::string text(handle.size(), '\0');
    const DecodedBase64 decoded = decodeBase64(handle, text.data());
    if (!decoded.whole) return std::nullopt;
    const auto json = parseJson(std::string_view(text).substr(0, decoded.size));
    if (!json || !json->is_object()) return std::nullopt;
    const auto id = json->find("taskId"), arn = json->find("sourceArn");
    if (id == json->end() || !id->is_string() || arn == json->end() || !arn->is_string()) return std::nullopt;
    return TaskName{id->get<std::string>(), arn->get<std::string>()};
}

} // namespace streamwright::sqs
