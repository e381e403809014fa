// SPDX-License-Identifier: GPL-3.0-or-later
// ApiError: an answer that says no, in the service's words; each protocol writes it in its own form. A value.
#pragma once

#include <string>

namespace streamwright::api {

struct ApiError {
    std::string code; // "ResourceNotFoundException", without a namespace
    std::string message;
    int status = 400; // 500 and above: the receiver's fault
    // SQS only: the code of its query protocol ("AWS.SimpleQueueService.NonExistentQueue"); else the same as code.
    std::string queryCode;
    // SQS only: where its query protocol says it otherwise; else empty and 0.
    std::string queryMessage;
    int queryStatus = 0;
    // Why, for the request log ("shard 3 takes 1,000 records a second"); not sent.
    std::string reason;
};

ApiError internalFailure(std::string message); // 500
ApiError validationError(std::string message); // ValidationException

} // namespace streamwright::api
