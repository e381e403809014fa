// SPDX-License-Identifier: GPL-3.0-or-later
// ShardLog: one append-only, ordered log of records, kept as a run of segments. Sequence numbers are given in order from
// 0 without gaps and never reused. Made and owned by a LogStore; a log of an in-memory store forgets with the store.
// All methods may be called from any thread. Views that a read returns stay valid as long as its owners are held.
// A record is durable when LogStore::commit() has returned after its append; before that it can be read already.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/record/record_batch.h"

namespace streamwright {

struct LogRead {
    std::vector<Record> records;
    std::vector<std::shared_ptr<const void>> owners;
    std::uint64_t first = 0; // where the read began: the position asked for, or the oldest record kept if that is later
    std::uint64_t next = 0; // where the next read goes on
    ByteCount bytes; // keys and data of records
};

class ShardLog {
public:
    virtual ~ShardLog() = default;

    // Stores key, data, extra and time (times must not decrease; an earlier time is stored as the newest one so far).
    // Returns the sequence number; record.sequence is ignored.
    virtual Result<std::uint64_t> append(const Record& record) = 0;
    // For who appends to many logs in turn, a little before each: has the processor fetch the memory that it will touch.
    virtual void prefetch() const = 0;
    // Up to maxRecords records from position on, and no more than maxBytes of key and data (but at least one record,
    // if there is one).
    virtual LogRead read(std::uint64_t position, std::size_t maxRecords, ByteCount maxBytes) const = 0;

    virtual std::uint64_t first() const = 0; // the oldest record kept; == next() when empty
    virtual std::uint64_t next() const = 0; // the number the next append gets
    virtual Time newestTime() const = 0; // of the last append; the epoch when there was none
    virtual ByteCount size() const = 0; // keys and data of the records kept
    // The position of the first record kept whose time is at or after t; next() if none is.
    virtual std::uint64_t positionAt(Time t) const = 0;

    // Forgets the records before the position: whole segments leave the disk, the rest is trimmed by the mark.
    virtual void trim(std::uint64_t position) = 0;
};

} // namespace streamwright
