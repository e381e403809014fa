// SPDX-License-Identifier: GPL-3.0-or-later
// RequestLog: the newest requests, for the window. A ring whose entries are written over in place, under one short lock.
// Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/api/endpoint.h"
#include "core/base/mutex.h"

namespace streamwright::endpoint {

class RequestLog {
public:
    static constexpr std::size_t kEntries = 4096;

    struct Line {
        Time time{};
        std::string_view client, action, resource;
        int status = 0;
        std::string_view error, reason;
        std::chrono::microseconds duration{0};
    };
    void add(const Line& line) EXCLUDES(mutex_);
    // After that number, oldest first.
    std::vector<RequestLogEntry> after(std::uint64_t number) const EXCLUDES(mutex_);

private:
    mutable Mutex mutex_;
    std::vector<RequestLogEntry> ring_ GUARDED_BY(mutex_); // the entry of number n at n % kEntries
    std::uint64_t last_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright::endpoint
