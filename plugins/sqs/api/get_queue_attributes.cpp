// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/attribute_output.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome getQueueAttributes(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto wanted = call.input().items("AttributeNames");
    bool all = false;
    for (const api::Value& name : wanted) {
        if (name.string() == "All")
            all = true;
        else if (!isQueueAttribute(name.string()))
            return unknownAttribute(name.string());
    }
    QueueAttributes attributes;
    if (!wanted.empty()) attributes = queueAttributes(call, *queue);
    if (!all)
        std::erase_if(attributes, [&](const auto& attribute) {
            return std::none_of(wanted.begin(), wanted.end(),
                                [&](const api::Value& name) { return name.string() == attribute.first; });
        });
    answer.beginMap();
    if (!attributes.empty()) {
        answer.key("Attributes");
        answer.beginMap();
        for (const auto& [name, value] : attributes)
            answer.member(name, value);
        answer.endMap();
    }
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
