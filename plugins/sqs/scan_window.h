// SPDX-License-Identifier: GPL-3.0-or-later
// ScanWindow: the messages of a queue by number, of which the first `reach` are within its window: a FIFO queue looks
// no further into its backlog for a free group. Owned by a MessageIndex; one thread at a time.
#pragma once

#include <limits>

#include "plugins/sqs/message.h"

namespace streamwright::sqs {

class ScanWindow {
public:
    void setReach(std::size_t messages);

    void insert(Message& message);
    void erase(Message& message);
    void clear();

    Message* oldest() const { return near_.front(); }
    bool contains(const Message& message) const { return !near_.empty() && message.number <= near_.back()->number; }

private:
    void balance();

    using List = AscendingList<Message, &Message::enteredLink, ByNumber>;
    std::size_t reach_ = std::numeric_limits<std::size_t>::max();
    List near_; // the first reach_ of all
    List far_;
};

} // namespace streamwright::sqs
