// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/stream_use.h"

#include "plugins/kinesis/api/arn.h"

namespace streamwright::kinesis {

std::variant<std::string_view, api::ApiError> requestedStream(const api::Call& call)
{
    const std::string_view name = call.input().string("StreamName");
    const std::string_view arn = call.input().string("StreamARN");
    if (arn.empty()) {
        if (!name.empty()) return name;
        return api::validationError("1 validation error detected: Value null at 'streamName' failed to satisfy "
                                    "constraint: Member must not be null");
    }
    const std::string_view named = streamOfArn(arn);
    if (!name.empty() && name != named)
        return invalidArgument("StreamName " + std::string(name) + " and StreamARN " + std::string(arn) +
                               " do not name the same stream.");
    return named;
}

StreamUse::StreamUse(api::Call& call, Needs needs)
{
    const auto wanted = requestedStream(call);
    if (const auto* error = std::get_if<api::ApiError>(&wanted))
        error_ = *error;
    else
        enter(call, std::get<std::string_view>(wanted), needs);
}

StreamUse::StreamUse(api::Call& call, std::string_view name, Needs needs) { enter(call, name, needs); }

void StreamUse::enter(api::Call& call, std::string_view name, Needs needs)
{
    call.names(name);
    resource_ = std::static_pointer_cast<StreamResource>(call.host().find(kStreamKind, name));
    inside_ = resource_ && resource_->enter();
    if (!inside_) {
        error_ = streamNotFound(call, name);
        return;
    }
    if (needs == Needs::Existence) return;
    const StreamStatus status = resource_->status(call.now());
    if (needs == Needs::Records && status == StreamStatus::Creating)
        error_ = streamNotFound(call, name);
    else if (needs == Needs::Activity && status != StreamStatus::Active)
        error_ = streamNotActive(call, name, status);
}

void StreamUse::leave()
{
    if (inside_) resource_->leave();
    inside_ = false;
}

} // namespace streamwright::kinesis
