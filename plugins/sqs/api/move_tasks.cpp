// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/move_tasks.h"

#include <algorithm>
#include <array>

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

std::string factsKey(const QueueResource& source) { return "sqs/" + source.node() + "/moves"; }

constexpr std::array kStatuses = {MoveStatus::Running, MoveStatus::Completed, MoveStatus::Cancelled,
                                  MoveStatus::Failed};

Json toJson(const MoveTask& task)
{
    Json json = {{"id", task.id},
                 {"destination", task.destination},
                 {"started", task.started.time_since_epoch().count()},
                 {"status", textOf(task.status)},
                 {"failure", task.failure},
                 {"moved", task.moved},
                 {"toMove", task.toMove}};
    if (task.perSecond) json["perSecond"] = *task.perSecond;
    return json;
}

MoveTask fromJson(const Json& json, const std::string& source)
{
    MoveTask task;
    task.id = json.value("id", "");
    task.source = source;
    task.destination = json.value("destination", "");
    if (json.contains("perSecond")) task.perSecond = json.value("perSecond", kMovesPerSecondMaximum);
    task.started = Time(Duration(json.value("started", Duration::rep{0})));
    const std::string status = json.value("status", "");
    for (const MoveStatus each : kStatuses)
        if (textOf(each) == status) task.status = each;
    task.failure = json.value("failure", "");
    task.moved = json.value("moved", std::uint64_t{0});
    task.toMove = json.value("toMove", std::uint64_t{0});
    return task;
}

} // namespace

std::string_view textOf(MoveStatus status)
{
    switch (status) {
    case MoveStatus::Running:
        return "RUNNING";
    case MoveStatus::Completed:
        return "COMPLETED";
    case MoveStatus::Cancelled:
        return "CANCELLED";
    case MoveStatus::Failed:
        break;
    }
    return "FAILED";
}

std::optional<std::string> MoveTasks::start(api::Host& host, MoveTask task)
{
    const MutexLock lock(mutex_);
    std::deque<TaskPtr>& ofSource = tasks_[task.source];
    if (!ofSource.empty() && ofSource.front()->status == MoveStatus::Running) return std::nullopt;
    task.id = messageIdText(messageId(
        stableHash(task.source, static_cast<std::uint64_t>(task.started.time_since_epoch().count())), ++started_));
    const auto started = std::make_shared<MoveTask>(std::move(task));
    ofSource.push_front(started);
    if (ofSource.size() > static_cast<std::size_t>(kMoveTasksListed)) ofSource.pop_back();
    keep(host, started->source);
    schedule(host, started, started->started);
    return started->id;
}

std::optional<MoveTask> MoveTasks::cancel(api::Host& host, const std::string& source, const std::string& id)
{
    const MutexLock lock(mutex_);
    for (const TaskPtr& task : tasks_[source]) {
        if (task->id != id) continue;
        const MoveTask before = *task;
        if (task->status == MoveStatus::Running) task->status = MoveStatus::Cancelled;
        keep(host, source);
        return before;
    }
    return std::nullopt;
}

void MoveTasks::resume(api::Host& host)
{
    const MutexLock lock(mutex_);
    for (const auto& source : allQueues(host)) {
        const auto kept = host.store().get(factsKey(*source));
        const auto tasks = kept ? parseJson(*kept) : Json::array();
        if (!tasks || !tasks->is_array()) continue;
        for (const Json& each : *tasks) {
            if (!each.is_object()) continue;
            const auto task = std::make_shared<MoveTask>(fromJson(each, source->name()));
            tasks_[source->name()].push_back(task);
            if (task->status == MoveStatus::Running) schedule(host, task, host.now());
        }
    }
}

void MoveTasks::keep(api::Host& host, const std::string& source)
{
    const auto queue = findQueue(host, source);
    if (!queue) return;
    Json tasks = Json::array();
    for (const TaskPtr& task : tasks_[source])
        tasks.push_back(toJson(*task));
    host.store().put(factsKey(*queue), tasks.dump());
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
        if (task->status != MoveStatus::Running) return;
        now = *task;
    }
    const Time at = host.now();
    const Moved moved = move(host, now, messagesPerStep(now), at);
    const MutexLock lock(mutex_);
    task->moved += moved.messages;
    if (task->status != MoveStatus::Running) return;
    if (!moved.failure.empty()) {
        task->failure = moved.failure;
        task->status = MoveStatus::Failed;
    } else if (!moved.more) {
        task->status = MoveStatus::Completed;
    } else {
        schedule(host, task, at + stepInterval(now));
    }
    keep(host, now.source);
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
        DeadLetter letter; // a new message there, once: the source may not have noted the move before a restart
        letter.message = {message.body, message.groupId, message.deduplicationId, attributes, {}, {}};
        letter.id = movedMessageId(task.id, message.handle.number);
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
