// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/intake.h"

namespace streamwright::firehose {

IntakeId IntakeLedger::open(Origin origin, std::uint64_t owed, Time arrived)
{
    CHECK(owed > 0);
    entries_.push_back({origin, owed, arrived});
    return first_ + entries_.size() - 1;
}

void IntakeLedger::settle(IntakeId intake, std::uint64_t records)
{
    CHECK(intake >= first_ && intake - first_ < entries_.size());
    Entry& entry = entries_[intake - first_];
    CHECK(entry.owed >= records);
    entry.owed -= records;
    if (entry.owed > 0) return;
    done_.push_back(entry.origin);
    while (!entries_.empty() && entries_.front().owed == 0) {
        doneUpTo_ = std::max(doneUpTo_, entries_.front().origin.logEnd);
        entries_.pop_front();
        ++first_;
    }
}

void IntakeLedger::forget(const Inlet* inlet)
{
    for (Entry& entry : entries_)
        if (entry.origin.inlet == inlet) entry.origin.inlet = nullptr;
    for (Origin& origin : done_)
        if (origin.inlet == inlet) origin.inlet = nullptr;
}

std::optional<Time> IntakeLedger::oldest() const
{
    if (entries_.empty()) return std::nullopt;
    return entries_.front().arrived;
}

} // namespace streamwright::firehose
