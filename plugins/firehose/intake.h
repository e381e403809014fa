// SPDX-License-Identifier: GPL-3.0-or-later
// IntakeLedger: which requests and reads still have records on their way. An intake is one put request or one delivery
// of the source stream; it owes a record as often as it is to be stored (once, twice with a backup) and is done when
// nothing is owed any more: then a stream's checkpoint may move, and the log of direct puts be trimmed. Belongs to an
// operator's step: one thread.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "core/runtime/channel.h"
#include "plugins/firehose/delivery_buffer.h"

namespace streamwright::firehose {

class IntakeLedger {
public:
    // Where an intake came from: a delivery to be answered once it is done, or records of the log.
    struct Origin {
        Inlet* inlet = nullptr;
        DeliveryId delivery = 0;
        std::uint64_t logEnd = 0; // the log position behind its last record
    };

    IntakeId open(Origin origin, std::uint64_t owed, Time arrived);
    void settle(IntakeId intake, std::uint64_t records);

    // Those that became done since the last call, in the order they did.
    std::vector<Origin> takeDone() { return std::exchange(done_, {}); }
    // Everything in the log before this position is done.
    std::uint64_t doneUpTo() const { return doneUpTo_; }
    // The edge is gone: there is nobody to be answered.
    void forget(const Inlet* inlet);
    // Arrival of the oldest intake that is not done.
    std::optional<Time> oldest() const;

private:
    struct Entry {
        Origin origin;
        std::uint64_t owed;
        Time arrived;
    };
    std::deque<Entry> entries_; // of the intakes from first_ on
    IntakeId first_ = 1;
    std::vector<Origin> done_;
    std::uint64_t doneUpTo_ = 0;
};

} // namespace streamwright::firehose
