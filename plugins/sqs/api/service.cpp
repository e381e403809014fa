// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/service.h"

#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/move_tasks.h"

namespace streamwright::sqs {

std::string_view shapesText(); // api/shapes.json

api::Service sqsService()
{
    using enum api::Action::Effect;
    api::Service service;
    service.name = "sqs";
    service.targets = {"AmazonSQS"};
    service.jsonVersion = "1.0";
    service.queryVersion = "2012-11-05";
    service.xmlNamespace = "http://queue.amazonaws.com/doc/2012-11-05/";
    service.errorNamespace = "com.amazonaws.sqs#";
    service.shapes = std::make_shared<const api::ShapeTable>(shapesText());
    service.actions = {
        {"AddPermission", Writes, addPermission},
        {"CancelMessageMoveTask", Writes, cancelMessageMoveTask},
        {"ChangeMessageVisibility", Writes, changeMessageVisibility},
        {"ChangeMessageVisibilityBatch", Writes, changeMessageVisibilityBatch},
        {"CreateQueue", Manages, createQueue},
        {"DeleteMessage", Writes, deleteMessage},
        {"DeleteMessageBatch", Writes, deleteMessageBatch},
        {"DeleteQueue", Manages, deleteQueue},
        {"GetQueueAttributes", Reads, getQueueAttributes},
        {"GetQueueUrl", Reads, getQueueUrl},
        {"ListDeadLetterSourceQueues", Reads, listDeadLetterSourceQueues},
        {"ListMessageMoveTasks", Reads, listMessageMoveTasks},
        {"ListQueueTags", Reads, listQueueTags},
        {"ListQueues", Reads, listQueues},
        {"PurgeQueue", Writes, purgeQueue},
        {"ReceiveMessage", Writes, receiveMessage},
        {"RemovePermission", Writes, removePermission},
        {"SendMessage", Writes, sendMessage},
        {"SendMessageBatch", Writes, sendMessageBatch},
        {"SetQueueAttributes", Manages, setQueueAttributes},
        {"StartMessageMoveTask", Writes, startMessageMoveTask},
        {"TagQueue", Writes, tagQueue},
        {"UntagQueue", Writes, untagQueue},
    };
    service.begin = [](api::Host& host) { MoveTasks::of(host)->resume(host); };
    return service;
}

} // namespace streamwright::sqs
