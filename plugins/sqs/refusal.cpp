// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/refusal.h"

namespace streamwright::sqs {

const char* name(RefusalCode code)
{
    switch (code) {
    case RefusalCode::BatchRequestTooLong:
        return "BatchRequestTooLong";
    case RefusalCode::EmptyBatchRequest:
        return "EmptyBatchRequest";
    case RefusalCode::InternalFailure:
        return "InternalFailure";
    case RefusalCode::InvalidMessageContents:
        return "InvalidMessageContents";
    case RefusalCode::InvalidParameterValue:
        return "InvalidParameterValue";
    case RefusalCode::MessageNotInflight:
        return "MessageNotInflight";
    case RefusalCode::MissingParameter:
        return "MissingParameter";
    case RefusalCode::OverLimit:
        return "OverLimit";
    case RefusalCode::PurgeQueueInProgress:
        return "PurgeQueueInProgress";
    case RefusalCode::QueueDoesNotExist:
        return "QueueDoesNotExist";
    case RefusalCode::RequestThrottled:
        return "RequestThrottled";
    case RefusalCode::TooManyEntriesInBatchRequest:
        return "TooManyEntriesInBatchRequest";
    }
    return "InternalFailure";
}

} // namespace streamwright::sqs
