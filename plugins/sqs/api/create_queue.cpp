// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/attribute_input.h"
#include "plugins/sqs/api/attribute_output.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/queue_names.h"
#include "plugins/sqs/api/tags.h"

namespace streamwright::sqs {

namespace {

// A queue of the name is the one asked for when it has every attribute that was given.
std::optional<api::ApiError> compare(const api::Call& call, const QueueResource& queue, const api::Value& attributes)
{
    const QueueAttributes has = queueAttributes(call, queue);
    for (const auto& [name, value] : attributes.members()) {
        const auto found = has.find(name);
        const std::string_view current = found == has.end() ? std::string_view() : std::string_view(found->second);
        if (sameAttribute(name, current, value.string())) continue;
        api::ApiError exists = prefixedError(
            "QueueNameExists",
            "A queue already exists with the same name and a different value for attribute " + std::string(name));
        exists.queryCode = "QueueAlreadyExists";
        return exists;
    }
    return std::nullopt;
}

void keepFacts(QueueResource& queue, const AttributeChange& change, const api::Value* tags)
{
    if (change.facts.empty() && !tags) return;
    queue.changeFacts([&](QueueFacts& facts) {
        change.apply(facts);
        if (tags)
            for (const auto& [key, value] : tags->members())
                facts.tags[std::string(key)] = value.string();
    });
}

} // namespace

api::Outcome createQueue(api::Call& call, api::Writer& answer)
{
    const std::string name(call.input().string("QueueName"));
    call.names(name);
    static constexpr api::Value kNone{};
    const api::Value* given = call.input().find("Attributes");
    const api::Value& attributes = given ? *given : kNone;
    const api::Value* tags = call.input().find("tags");
    const bool fifo = attributes.is(api::Value::Type::Map) && attributes.string("FifoQueue") == "true";
    if (auto error = checkQueueName(name, fifo)) return *error;
    if (tags)
        if (auto error = checkTags(*tags)) return *error;
    AttributeChange change;
    if (given)
        if (auto error = change.read(attributes, call.host(), name, fifo, true)) return *error;

    api::Host& host = call.host();
    auto queue = findQueue(host, name);
    if (!queue) {
        if (deletedRecently(host.store(), name, call.now()))
            return prefixedError("QueueDeletedRecently",
                                 "You must wait 60 seconds after deleting a queue before you can "
                                 "create another with the same name.");
        auto made = host.create(kQueueKind, name, change.withoutDefaults());
        if (made) {
            queue = std::static_pointer_cast<QueueResource>(*made);
            keepFacts(*queue, change, tags);
            given = nullptr;
        } else if (!(queue = findQueue(host, name))) { // somebody else was quicker, or it cannot be
            return errorOf(made.problem());
        }
    }
    if (given)
        if (auto error = compare(call, *queue, attributes)) return *error;
    answer.beginMap();
    answer.member("QueueUrl", queueUrl(call.caller(), name));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
