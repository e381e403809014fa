// SPDX-License-Identifier: GPL-3.0-or-later
// AttributeChange: queue attributes as CreateQueue and SetQueueAttributes give them, checked and told apart: those that are
// properties of the node, and the others. Any thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/api/service.h"
#include "core/base/json.h"
#include "plugins/sqs/queue_facts.h"

namespace streamwright::sqs {

struct AttributeChange {
    Json properties = Json::object(); // null: back to the default
    std::map<std::string, std::string> facts; // empty: taken away

    // queueName: that of the queue, there already or to be made.
    std::optional<api::ApiError> read(const api::Value& attributes, const api::Host& host, const std::string& queueName,
                                      bool fifo, bool creating);
    void apply(QueueFacts& to) const;
    // The properties of a queue to be made.
    Json withoutDefaults() const;
};

// Whether a value given means the one that a queue has.
bool sameAttribute(std::string_view name, std::string_view current, std::string_view given);

} // namespace streamwright::sqs
