// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the SQS API, each in the file of its name; service.cpp says which does what. Any thread.
#pragma once

#include "core/api/service.h"

namespace streamwright::sqs {

api::Outcome addPermission(api::Call& call, api::Writer& answer);
api::Outcome cancelMessageMoveTask(api::Call& call, api::Writer& answer);
api::Outcome changeMessageVisibility(api::Call& call, api::Writer& answer);
api::Outcome changeMessageVisibilityBatch(api::Call& call, api::Writer& answer);
api::Outcome createQueue(api::Call& call, api::Writer& answer);
api::Outcome deleteMessage(api::Call& call, api::Writer& answer);
api::Outcome deleteMessageBatch(api::Call& call, api::Writer& answer);
api::Outcome deleteQueue(api::Call& call, api::Writer& answer);
api::Outcome getQueueAttributes(api::Call& call, api::Writer& answer);
api::Outcome getQueueUrl(api::Call& call, api::Writer& answer);
api::Outcome listDeadLetterSourceQueues(api::Call& call, api::Writer& answer);
api::Outcome listMessageMoveTasks(api::Call& call, api::Writer& answer);
api::Outcome listQueueTags(api::Call& call, api::Writer& answer);
api::Outcome listQueues(api::Call& call, api::Writer& answer);
api::Outcome purgeQueue(api::Call& call, api::Writer& answer);
api::Outcome receiveMessage(api::Call& call, api::Writer& answer);
api::Outcome removePermission(api::Call& call, api::Writer& answer);
api::Outcome sendMessage(api::Call& call, api::Writer& answer);
api::Outcome sendMessageBatch(api::Call& call, api::Writer& answer);
api::Outcome setQueueAttributes(api::Call& call, api::Writer& answer);
api::Outcome startMessageMoveTask(api::Call& call, api::Writer& answer);
api::Outcome tagQueue(api::Call& call, api::Writer& answer);
api::Outcome untagQueue(api::Call& call, api::Writer& answer);

} // namespace streamwright::sqs
