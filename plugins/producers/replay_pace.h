// SPDX-License-Identifier: GPL-3.0-or-later
// ReplayPace: when each record of a replayed file is due: by its recorded time, Speed times as fast as it was recorded,
// or by a constant rate. Due times never go back: a record that stands late in the file is due with the one before it.
// In a loop the next round begins a mean gap after the last record (a second, if the records have no gaps). One owner,
// one thread.
#pragma once

#include <optional>

#include "plugins/producers/workload.h"

namespace streamwright::producers {

class ReplayPace {
public:
    // properties: Timestamp and Speed, or RecordsPerSecond.
    ReplayPace(const Json& properties, Time start);

    // Of record number n (1, 2, ... over all rounds) with its recorded time; in the order of the file.
    Time due(std::uint64_t number, Time recorded);
    // The file begins again; so many records had due times in the round that ended.
    void endRound(std::uint64_t records);
    // Another speed or rate from now on.
    void change(const Json& properties, Time now);
    // Takes due() back to a record that was asked for already, to ask for it and those behind it again.
    void returnTo(Time due) { last_ = due; }
    bool byTimestamp() const { return byTimestamp_; }

private:
    const bool byTimestamp_;
    double speed_ = 1;
    std::optional<Workload> workload_;
    Time last_;
    // By timestamp: a recorded time and when it is due.
    bool anchored_ = false;
    Time anchorRecorded_{};
    Time anchorDue_;
    Time roundBegin_{}; // when the first record of this round was due
};

} // namespace streamwright::producers
