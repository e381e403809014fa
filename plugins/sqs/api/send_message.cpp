// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/message_input.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome sendMessage(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const bool fifo = queue->queue().fifo();
    MessageInput input;
    if (auto error = input.read(call.input(), fifo)) return *error;
    const auto answers = queue->send(std::span(&input.message(), 1), call.now());
    if (!answers) return errorOf(answers.refusal());
    const Answer<Sent>& sent = answers->front();
    if (!sent) return errorOf(sent.refusal());
    answer.beginMap();
    input.writeAnswer(*sent, fifo, answer);
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
