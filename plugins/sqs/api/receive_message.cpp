// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/message_output.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

namespace {

// How long the caller waits for a message.
std::optional<api::ApiError> readWait(const api::Value& input, const QueueResource& queue, Duration& wait)
{
    const api::Value* given = input.find("WaitTimeSeconds");
    wait = given ? seconds(given->integer()) : queue.queue().settings().receiveWait;
    if (wait >= Duration::zero() && wait <= kReceiveWaitMaximum) return std::nullopt;
    return invalidValue(std::to_string(given->integer()), "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
}

std::optional<api::ApiError> readRequest(const api::Value& input, ReceiveRequest& request)
{
    const std::int64_t maximum = input.integer("MaxNumberOfMessages", 1);
    if (maximum < 1 || maximum > static_cast<std::int64_t>(kReceiveMessagesMaximum))
        return invalidValue(std::to_string(maximum), "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
    request.maximum = static_cast<std::size_t>(maximum);
    if (const api::Value* visibility = input.find("VisibilityTimeout")) {
        if (visibility->integer() < 0 || seconds(visibility->integer()) > kVisibilityTimeoutMaximum)
            return invalidValue(std::to_string(visibility->integer()), "VisibilityTimeout",
                                "Must be >= 0 and <= 43200, if provided.");
        request.visibility = seconds(visibility->integer());
    }
    request.attemptId = input.string("ReceiveRequestAttemptId");
    return std::nullopt;
}

} // namespace

api::Outcome receiveMessage(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    MessageSelection selection;
    if (auto error = selection.read(call.input())) return *error;
    ReceiveRequest request;
    if (auto error = readRequest(call.input(), request)) return *error;
    Duration wait{0};
    if (auto error = readWait(call.input(), *queue, wait)) return *error;
    request.longPolling = wait > Duration::zero();
    request.again = call.now() > call.began();

    const auto empty = [&] {
        answer.beginMap();
        answer.endMap();
        return api::Answered{};
    };
    if (call.abandoned()) return empty();
    const auto received = queue->receive(request, call.now());
    if (!received) return errorOf(received.refusal());
    if (received->messages.empty()) {
        const Time deadline = call.began() + wait;
        if (call.now() < deadline) {
            queue->await(call.host(), deadline, call.retry());
            return api::Later{};
        }
        queue->countEmptyReceive();
        return empty();
    }
    if (call.abandoned()) { // hung up meanwhile: others may have them
        for (const ReceivedMessage& message : received->messages)
            (void)queue->changeVisibility(message.handle, Duration::zero(), call.now());
        return empty();
    }
    const std::uint64_t seed = handleSeed(*queue);
    answer.beginMap();
    answer.key("Messages");
    answer.beginList();
    for (const ReceivedMessage& message : received->messages)
        selection.write(message, queue->queue().fifo(), seed, call.caller(), answer);
    answer.endList();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
