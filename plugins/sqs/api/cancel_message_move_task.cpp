// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/move_tasks.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome cancelMessageMoveTask(api::Call& call, api::Writer& answer)
{
    const std::string_view handle = call.input().string("TaskHandle");
    if (handle.empty()) return missingParameter("TaskHandle");
    const auto name = parseTaskHandle(handle);
    if (!name) return invalidValue("Value for parameter TaskHandle is invalid.");
    const auto source = findQueue(call.host(), nameInArn(name->sourceArn));
    if (!source) return resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    call.names(source->name());
    const auto task = MoveTasks::of(call.host())->cancel(call.host(), source->name(), name->id);
    if (!task) return resourceNotFound("Task does not exist.");
    if (task->status != MoveStatus::Running) return invalidValue("Only active tasks can be cancelled.");
    answer.beginMap();
    answer.member("ApproximateNumberOfMessagesMoved", task->moved);
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
