// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/consumer_use.h"

#include "plugins/kinesis/api/arn.h"

namespace streamwright::kinesis {

ConsumerUse::ConsumerUse(api::Call& call)
{
    const api::Value& in = call.input();
    ConsumerName wanted{streamOfArn(in.string("StreamARN")), in.string("ConsumerName"), {}};
    const auto named = parseConsumerArn(in.string("ConsumerARN"));
    if (named) {
        if (in.has("ConsumerName") && wanted.consumer != named->consumer) {
            error_ = invalidArgument("ConsumerName and ConsumerARN do not name the same consumer.");
            return;
        }
        wanted = *named;
    } else if (wanted.stream.empty() || wanted.consumer.empty()) {
        error_ = invalidArgument("Either ConsumerARN, or both StreamARN and ConsumerName should be provided.");
        return;
    }
    name_ = wanted.consumer;
    stream_.emplace(call, wanted.stream, StreamUse::Needs::Existence);
    if (!*stream_) {
        error_ = stream_->error();
        return;
    }
    const auto facts = (*stream_)->facts();
    const auto found = facts->consumers.find(name_);
    const bool known = found != facts->consumers.end() &&
                       (wanted.epoch.empty() || wanted.epoch == epochOf(found->second.registered));
    if (known)
        registered_ = found->second.registered;
    else
        error_ = consumerNotFound(call, name_);
}

} // namespace streamwright::kinesis
