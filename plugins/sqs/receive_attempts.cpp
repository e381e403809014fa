// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/receive_attempts.h"

#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

const std::vector<ReceiveAttempts::Given>* ReceiveAttempts::find(std::string_view id, Time now)
{
    while (!byTime_.empty() && byTime_.front().first + kReceiveAttemptInterval <= now) {
        const auto [first, oldest] = std::move(byTime_.front());
        byTime_.pop_front();
        const auto at = attempts_.find(oldest);
        if (at != attempts_.end() && at->second.first == first) attempts_.erase(at);
    }
    const auto at = attempts_.find(std::string(id));
    return at == attempts_.end() ? nullptr : &at->second.given;
}

void ReceiveAttempts::remember(std::string_view id, std::vector<Given> given, Time now)
{
    attempts_[std::string(id)] = {now, std::move(given)};
    byTime_.emplace_back(now, id);
}

} // namespace streamwright::sqs
