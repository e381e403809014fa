// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/dead_letter_links.h"

namespace streamwright::sqs {

std::string deadLetterTarget(const api::Host& host, const QueueResource& queue)
{
    const Redrive redrive = queue.redrive();
    if (redrive.edgeNode.empty()) return std::string(nameInArn(redrive.targetArn));
    for (const auto& other : allQueues(host))
        if (other->node() == redrive.edgeNode) return other->name();
    return "";
}

std::vector<std::shared_ptr<QueueResource>> deadLetterSources(const api::Host& host, const QueueResource& target)
{
    std::vector<std::shared_ptr<QueueResource>> sources;
    for (auto& queue : allQueues(host)) {
        const Redrive redrive = queue->redrive();
        const bool source = redrive.edgeNode.empty() ? nameInArn(redrive.targetArn) == target.name()
                                                     : redrive.edgeNode == target.node();
        if (source && queue->queue().settings().maxReceiveCount > 0) sources.push_back(std::move(queue));
    }
    return sources;
}

} // namespace streamwright::sqs
