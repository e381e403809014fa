// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/move_tasks.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

void write(const MoveTask& task, const api::Caller& caller, api::Writer& out)
{
    const std::string source = queueArn(caller, task.source);
    out.beginMap();
    if (task.status == MoveStatus::Running) out.member("TaskHandle", taskHandle(task.id, source));
    out.member("Status", textOf(task.status));
    out.member("SourceArn", source);
    if (!task.destination.empty()) out.member("DestinationArn", queueArn(caller, task.destination));
    if (task.perSecond) out.member("MaxNumberOfMessagesPerSecond", *task.perSecond);
    out.member("ApproximateNumberOfMessagesMoved", task.moved);
    out.member("ApproximateNumberOfMessagesToMove", task.toMove);
    if (!task.failure.empty()) out.member("FailureReason", task.failure);
    out.member("StartedTimestamp", epochMilliseconds(task.started));
    out.endMap();
}

} // namespace

api::Outcome listMessageMoveTasks(api::Call& call, api::Writer& answer)
{
    const std::string_view arn = call.input().string("SourceArn");
    if (arn.empty()) return missingParameter("SourceArn");
    const std::int64_t most = call.input().integer("MaxResults", 1);
    if (most < 1 || most > kMoveTasksListed)
        return invalidValue(std::to_string(most), "MaxResults", "Must be between 1 and 10, if provided.");
    const auto source = findQueue(call.host(), nameInArn(arn));
    if (!source) return resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    call.names(source->name());
    const auto tasks = MoveTasks::of(call.host())->list(source->name(), static_cast<std::size_t>(most));
    answer.beginMap();
    if (!tasks.empty()) {
        answer.key("Results");
        answer.beginList();
        for (const MoveTask& task : tasks)
            write(task, call.caller(), answer);
        answer.endList();
    }
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
