// SPDX-License-Identifier: GPL-3.0-or-later
// ReceiveAttempts: what the receives with a ReceiveRequestAttemptId gave within the last five minutes, so that a
// repeated attempt gives the same again. Kept in memory only. Owned by a Queue, under its lock.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/units.h"
#include "plugins/sqs/event.h"

namespace streamwright::sqs {

class ReceiveAttempts {
public:
    // What the attempt of that id gave, with the receive count of each message then; null when unknown or too old.
    struct Given {
        MessageVisibility message;
        std::uint32_t receives = 0;
    };
    const std::vector<Given>* find(std::string_view id, Time now);
    void remember(std::string_view id, std::vector<Given> given, Time now);

private:
    struct Attempt {
        Time first{};
        std::vector<Given> given;
    };
    std::unordered_map<std::string, Attempt> attempts_;
    std::deque<std::pair<Time, std::string>> byTime_;
};

} // namespace streamwright::sqs
