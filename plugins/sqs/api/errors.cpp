// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/errors.h"

namespace streamwright::sqs {

namespace {

api::ApiError error(const char* code, const char* queryCode, std::string message, int status = 400)
{
    api::ApiError error;
    error.code = code;
    error.queryCode = queryCode;
    error.message = std::move(message);
    error.status = status;
    return error;
}

} // namespace

api::ApiError errorOf(const Refusal& refusal)
{
    switch (refusal.code) {
    case RefusalCode::InternalFailure:
        return api::internalFailure(refusal.message);
    case RefusalCode::InvalidMessageContents:
        return error("InvalidMessageContents", "InvalidMessageContents", refusal.message);
    case RefusalCode::InvalidParameterValue:
        return invalidValue(refusal.message);
    case RefusalCode::MissingParameter:
        return error("MissingRequiredParameterException", "MissingParameter", refusal.message);
    case RefusalCode::OverLimit:
        return overLimit(refusal.message);
    case RefusalCode::QueueDoesNotExist:
        return queueDoesNotExist();
    case RefusalCode::RequestThrottled: {
        api::ApiError throttled = error("RequestThrottled", "RequestThrottled", refusal.message);
        throttled.reason = "a FIFO queue takes 300 calls a second of each action, in high throughput each partition";
        return throttled;
    }
    case RefusalCode::PurgeQueueInProgress:
        return prefixedError(name(refusal.code), refusal.message, 403);
    case RefusalCode::BatchRequestTooLong:
    case RefusalCode::EmptyBatchRequest:
    case RefusalCode::MessageNotInflight:
    case RefusalCode::TooManyEntriesInBatchRequest:
        return prefixedError(name(refusal.code), refusal.message);
    }
    return api::internalFailure(refusal.message);
}

api::ApiError errorOf(const Problem& problem)
{
    if (problem.code == ProblemCode::Conflict) return unsupportedOperation(problem.message);
    if (problem.code == ProblemCode::NotFound) return queueDoesNotExist();
    if (problem.code != ProblemCode::InvalidInput) return api::internalFailure(problem.message);
    const std::string attribute = problem.place.substr(problem.place.rfind('/') + 1);
    return invalidAttributeValue(attribute, problem.message);
}

api::ApiError queueDoesNotExist()
{
    api::ApiError missing =
        error("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
    missing.queryMessage = "The specified queue does not exist for this wsdl version.";
    return missing;
}

api::ApiError invalidValue(std::string message)
{
    return error("InvalidParameterValueException", "InvalidParameterValue", std::move(message));
}

api::ApiError invalidValue(std::string_view value, std::string_view parameter, std::string_view reason)
{
    std::string message = "Value ";
    message.append(value).append(" for parameter ").append(parameter);
    message.append(" is invalid. Reason: ").append(reason);
    return invalidValue(std::move(message));
}

api::ApiError missingParameter(std::string_view parameter)
{
    return error("MissingRequiredParameterException", "MissingParameter",
                 "The request must contain the parameter " + std::string(parameter) + ".");
}

api::ApiError unknownAttribute(std::string_view name)
{
    return invalidAttributeName("Unknown Attribute " + std::string(name) + ".");
}

api::ApiError invalidAttributeName(std::string message)
{
    return error("InvalidAttributeName", "InvalidAttributeName", std::move(message));
}

api::ApiError invalidAttributeValue(std::string_view attribute, std::string_view reason)
{
    std::string message = "Invalid value for the parameter " + std::string(attribute) + ".";
    if (!reason.empty()) message.append(" Reason: ").append(reason);
    return error("InvalidAttributeValue", "InvalidAttributeValue", std::move(message));
}

api::ApiError receiptHandleIsInvalid(std::string_view handle)
{
    api::ApiError invalid =
        error("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid",
              "The input receipt handle \"" + std::string(handle) + "\" is not a valid receipt handle.");
    invalid.queryStatus = 404;
    return invalid;
}

api::ApiError handleError(const Refusal& refusal, std::string_view handle)
{
    constexpr std::string_view kWithout = "Value for parameter ReceiptHandle";
    api::ApiError error = errorOf(refusal);
    if (error.message.starts_with(kWithout))
        error.message.replace(0, kWithout.size(), "Value " + std::string(handle) + " for parameter ReceiptHandle");
    return error;
}

api::ApiError unsupportedOperation(std::string message)
{
    return prefixedError("UnsupportedOperation", std::move(message));
}

api::ApiError overLimit(std::string message) { return error("OverLimit", "OverLimit", std::move(message), 403); }

api::ApiError resourceNotFound(std::string message)
{
    return error("ResourceNotFoundException", "ResourceNotFoundException", std::move(message), 404);
}

api::ApiError prefixedError(std::string_view code, std::string message, int status)
{
    api::ApiError prefixed = error("", "AWS.SimpleQueueService.", std::move(message), status);
    prefixed.code = code;
    prefixed.queryCode += code;
    return prefixed;
}

} // namespace streamwright::sqs
