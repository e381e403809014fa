// SPDX-License-Identifier: GPL-3.0-or-later
// The errors of the SQS API, each with the codes of both protocols and the service's text. Values; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/api/error.h"
#include "core/base/result.h"
#include "plugins/sqs/refusal.h"

namespace streamwright::sqs {

api::ApiError errorOf(const Refusal& refusal);
// Of the host: a node that cannot be made, changed or taken away.
api::ApiError errorOf(const Problem& problem);

api::ApiError queueDoesNotExist();
api::ApiError invalidValue(std::string message); // InvalidParameterValue
// "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be ..."
api::ApiError invalidValue(std::string_view value, std::string_view parameter, std::string_view reason);
api::ApiError missingParameter(std::string_view parameter);
api::ApiError unknownAttribute(std::string_view name); // InvalidAttributeName
api::ApiError invalidAttributeName(std::string message);
api::ApiError invalidAttributeValue(std::string_view attribute, std::string_view reason = {});
// A refusal that concerns a receipt handle, with the handle as the service tells it.
api::ApiError handleError(const Refusal& refusal, std::string_view handle);
api::ApiError receiptHandleIsInvalid(std::string_view handle);
api::ApiError unsupportedOperation(std::string message);
api::ApiError overLimit(std::string message);
api::ApiError resourceNotFound(std::string message); // of the move tasks
// Those that the query protocol prefixes: "AWS.SimpleQueueService.EmptyBatchRequest".
api::ApiError prefixedError(std::string_view code, std::string message, int status = 400);

} // namespace streamwright::sqs
