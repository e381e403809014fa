// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/consumer_use.h"

namespace streamwright::kinesis {

api::Outcome describeStreamConsumer(api::Call& call, api::Writer& out)
{
    const ConsumerUse consumer(call);
    if (!consumer) return consumer.error();
    out.beginMap();
    out.key("ConsumerDescription");
    writeConsumer(out, call, {consumer.stream().name(), consumer.name(), consumer.registered()}, true);
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
