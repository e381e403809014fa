// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/queue_address.h"

#include "plugins/sqs/api/errors.h"

namespace streamwright::sqs {

std::shared_ptr<QueueResource> findQueue(const api::Host& host, std::string_view name)
{
    return std::static_pointer_cast<QueueResource>(host.find(kQueueKind, name));
}

std::vector<std::shared_ptr<QueueResource>> allQueues(const api::Host& host)
{
    std::vector<std::shared_ptr<QueueResource>> queues;
    for (auto& resource : host.all(kQueueKind))
        queues.push_back(std::static_pointer_cast<QueueResource>(std::move(resource)));
    return queues;
}

std::string queueUrl(const api::Caller& caller, std::string_view name)
{
    std::string url = caller.baseUrl;
    url.append("/").append(caller.account).append("/").append(name);
    return url;
}

std::string queueArn(const api::Caller& caller, std::string_view name)
{
    std::string arn = "arn:aws:sqs:";
    arn.append(caller.region).append(":").append(caller.account).append(":").append(name);
    return arn;
}

std::string_view nameInUrl(std::string_view url)
{
    while (url.ends_with('/'))
        url.remove_suffix(1);
    return url.substr(url.rfind('/') + 1);
}

QueueTarget::QueueTarget(api::Call& call)
{
    const std::string_view url = call.input().string("QueueUrl");
    named_ = !url.empty();
    if (!named_) return;
    const std::string_view name = nameInUrl(url);
    call.names(name);
    queue_ = findQueue(call.host(), name);
}

api::ApiError QueueTarget::error() const { return named_ ? queueDoesNotExist() : missingParameter("QueueUrl"); }

} // namespace streamwright::sqs
