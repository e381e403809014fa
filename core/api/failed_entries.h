// SPDX-License-Identifier: GPL-3.0-or-later
// FailedEntries: the entries of a batch that failed although the request was answered, for the request log. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace streamwright::api {

class FailedEntries {
public:
    void add(std::string_view code);
    std::size_t count() const { return count_; }
    // "3 of 10 entries failed: ProvisionedThroughputExceededException"; every code once.
    std::string reason(std::size_t entries) const;

private:
    std::size_t count_ = 0;
    std::vector<std::string> codes_;
};

} // namespace streamwright::api
