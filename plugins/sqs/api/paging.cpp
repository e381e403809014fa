// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/paging.h"

#include <algorithm>

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

// A token is the name of the last queue told, behind this.
constexpr std::string_view kTokenHead = "after-";

} // namespace

api::Outcome writeQueuePage(const api::Call& call, const std::vector<std::shared_ptr<QueueResource>>& queues,
                            std::string_view member, bool evenWhenEmpty, api::Writer& answer)
{
    const api::Value* given = call.input().find("MaxResults");
    const std::int64_t most = given ? given->integer() : kListResultsMaximum;
    if (most < 1 || most > kListResultsMaximum)
        return invalidValue(std::to_string(most), "MaxResults", "MaxResults must be an integer between 1 and 1000.");
    std::string_view after = call.input().string("NextToken");
    if (!after.empty() && !after.starts_with(kTokenHead)) return invalidValue("Invalid or expired next token.");
    if (!after.empty()) after.remove_prefix(kTokenHead.size());

    const auto begin =
        std::partition_point(queues.begin(), queues.end(), [&](const auto& queue) { return queue->name() <= after; });
    const auto end = begin + std::min<std::ptrdiff_t>(most, queues.end() - begin);
    answer.beginMap();
    if (begin != end || evenWhenEmpty) {
        answer.key(member);
        answer.beginList();
        for (auto queue = begin; queue != end; ++queue)
            answer.string(queueUrl(call.caller(), (*queue)->name()));
        answer.endList();
    }
    if (given && end != queues.end()) answer.member("NextToken", std::string(kTokenHead) + (*(end - 1))->name());
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
