// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/request_log.h"

namespace streamwright::endpoint {
namespace {

constexpr std::size_t kLongest = 256; // of a text that a client chose

}

void RequestLog::add(const Line& line)
{
    MutexLock lock(mutex_);
    const auto number = ++last_;
    if (ring_.empty()) ring_.resize(kEntries);
    auto& entry = ring_[number % kEntries];
    entry.number = number;
    entry.time = line.time;
    entry.client.assign(line.client);
    entry.action.assign(line.action.substr(0, kLongest));
    entry.resource.assign(line.resource.substr(0, kLongest));
    entry.status = line.status;
    entry.error.assign(line.error);
    entry.reason.assign(line.reason.substr(0, kLongest));
    entry.duration = line.duration;
}

std::vector<RequestLogEntry> RequestLog::after(std::uint64_t number) const
{
    MutexLock lock(mutex_);
    const auto kept = std::min<std::uint64_t>(ring_.size(), last_);
    std::vector<RequestLogEntry> entries;
    for (auto i = std::max(number, last_ - kept) + 1; i <= last_; ++i)
        entries.push_back(ring_[i % kEntries]);
    return entries;
}

} // namespace streamwright::endpoint
