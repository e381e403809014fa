// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/dead_letter_links.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/move_tasks.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

api::ApiError notThere(const char* parameter)
{
    return resourceNotFound("The resource that you specified for the " + std::string(parameter) +
                            " parameter doesn't exist.");
}

} // namespace

api::Outcome startMessageMoveTask(api::Call& call, api::Writer& answer)
{
    api::Host& host = call.host();
    const std::string_view sourceArn = call.input().string("SourceArn");
    if (sourceArn.empty()) return missingParameter("SourceArn");
    const auto source = findQueue(host, nameInArn(sourceArn));
    if (!source) return notThere("SourceArn");
    call.names(source->name());
    if (deadLetterSources(host, *source).empty())
        return invalidValue("Source queue must be configured as a Dead Letter Queue.");
    MoveTask task;
    task.source = source->name();
    if (const std::string_view arn = call.input().string("DestinationArn"); !arn.empty()) {
        const auto destination = findQueue(host, nameInArn(arn));
        if (!destination) return notThere("DestinationArn");
        if (destination->queue().fifo() != source->queue().fifo())
            return invalidValue("Source and destination must be queues of the same type.");
        if (destination == source) return invalidValue("Source queue arn and destination queue arn must be different.");
        task.destination = destination->name();
    }
    if (const api::Value* rate = call.input().find("MaxNumberOfMessagesPerSecond")) {
        if (rate->integer() < 1 || rate->integer() > kMovesPerSecondMaximum)
            return invalidValue(std::to_string(rate->integer()), "MaxNumberOfMessagesPerSecond",
                                "Must be between 1 and 500, if provided.");
        task.perSecond = rate->integer();
    }
    task.started = call.now();
    task.toMove = source->queue().counts(call.now()).visible;
    const auto id = MoveTasks::of(host)->start(host, std::move(task));
    if (!id)
        return invalidValue(
            "There is already a task running. Only one active task is allowed for a source queue arn at "
            "a given time.");
    answer.beginMap();
    answer.member("TaskHandle", taskHandle(*id, queueArn(call.caller(), source->name())));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
