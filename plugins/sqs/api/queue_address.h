// SPDX-License-Identifier: GPL-3.0-or-later
// How clients address queues: URLs ("http://HOST/ACCOUNT/NAME"; any host is taken, and a bare name) and ARNs. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/api/service.h"
#include "plugins/sqs/queue_properties.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

inline constexpr std::string_view kQueueKind = "AWS::SQS::Queue";

std::shared_ptr<QueueResource> findQueue(const api::Host& host, std::string_view name);
std::vector<std::shared_ptr<QueueResource>> allQueues(const api::Host& host); // sorted by name

std::string queueUrl(const api::Caller& caller, std::string_view name);
std::string queueArn(const api::Caller& caller, std::string_view name);
std::string_view nameInUrl(std::string_view url);

// The queue that a request's QueueUrl names, or why there is none.
class QueueTarget {
public:
    explicit QueueTarget(api::Call& call);

    explicit operator bool() const { return queue_ != nullptr; }
    QueueResource& operator*() const { return *queue_; }
    QueueResource* operator->() const { return queue_.get(); }
    api::ApiError error() const;

private:
    std::shared_ptr<QueueResource> queue_;
    bool named_ = false;
};

} // namespace streamwright::sqs
