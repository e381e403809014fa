// SPDX-License-Identifier: GPL-3.0-or-later
// Browsable: how a person looks into a running resource (a stream, a queue, a bucket) without disturbing the run: reading
// counts in no metric, uses no limit and moves no checkpoint, visibility or receive count. Given by an Operator, shared
// with it: it may be kept and used after the run (it then shows what was there last, and sends nothing).
// Every method may be called from any thread and returns copies. Time comes in with the call: the engine's now().
//   parts         what the resource consists of: shards; "visible", "delayed" and "in flight" messages; one for a bucket
//   view          the rows of a part (or of all, by time) at one moment, to be read by their index: a table on demand
//   send          one record by hand: the same limits, the same metrics, consumers are woken
//   explainLoad   the keys of the records that a part took in a span of time, and what would help
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright {

struct BrowsePart {
    std::string name; // "shardId-000000000000"; unique in the resource
    std::string label; // beside the name: "hash keys 0 .. 25 %", "closed"; may be empty
    bool open = true; // takes records
    Time opened{}, closed = kNever; // when it began and ceased to
    std::vector<std::string> parents; // names of the parts it was made from
    std::uint64_t records = 0; // kept now
    std::uint64_t first = 0, next = 0; // positions: of the oldest kept, and of the next to come
    double share = 1; // of the whole that this part is responsible for (of the hash range)
};

struct BrowseRow {
    Time time{}; // when the resource took it
    std::string part;
    std::string sequence; // as its clients see it: sequence number, message id, ETag
    std::uint64_t position = 0; // in its part
    std::string key; // partition key, message group, object key
    std::uint64_t size = 0; // of the data, all of it
    std::string data; // the beginning of it, as much as was asked for; of objects none: see content
    std::vector<std::pair<std::string, std::string>> attributes; // in order
    bool gone = false; // has left the resource since the view was made: nothing but part and position is known
};

// Bytes of one row.
struct BrowseContent {
    std::string stored; // as stored
    std::string plain; // decompressed where stored is GZIP, ZIP or Snappy; otherwise the same
    std::string format; // "", "GZIP", "ZIP", "Snappy"
    bool cut = false; // there is more than was asked for
};

// The rows a resource held at one moment, oldest first. Small: the rows stay where they are until they are read.
class BrowseView {
public:
    virtual ~BrowseView() = default;
    virtual std::uint64_t count() const = 0;
    // Rows [index, index + most), each with the first mostData of its bytes; fewer at the end.
    virtual std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const = 0;
    // The first row that came at or after t; count() when none did.
    virtual std::uint64_t indexAt(Time t) const = 0;
    virtual Result<BrowseContent> content(std::uint64_t index, ByteCount most) const = 0;
};

// A record to be put in by hand.
struct BrowseSend {
    std::string key; // partition key, message group, object key
    std::string data;
    std::vector<std::pair<std::string, std::string>> attributes; // ExplicitHashKey, MessageDeduplicationId ...
};

struct BrowseSent {
    std::string part;
    std::string sequence;
};

struct LoadKey {
    std::string key;
    double share = 0; // of the load looked at, 0..1: of records or of bytes, whichever is nearer to its limit
    double shareAtLeast = 0; // the sketch's lower bound; share is its upper one
    double recordsPerSecond = 0;
    double bytesPerSecond = 0;
};

struct LoadExplanation {
    std::uint64_t records = 0; // looked at
    double recordsPerSecond = 0, bytesPerSecond = 0; // taken by the part
    std::vector<LoadKey> keys; // the heaviest, heaviest first
    bool splitHelps = false; // the part is near its limit, and a split would leave room on both sides
    std::string splitAt; // the NewStartingHashKey that halves the load best; "" without one
    double lowerShare = 0; // of the load that the split leaves below it
    std::vector<std::string> advice; // sentences, the most important first
};

class Browsable {
public:
    virtual ~Browsable() = default;

    virtual std::vector<BrowsePart> parts() const = 0;
    // part: a name of parts(), or "" for all of them together.
    virtual std::shared_ptr<const BrowseView> view(const std::string& part, Time now) const = 0;
    // Says why it was not taken: throttled (LimitExceeded), a rule broken (InvalidInput), the run over (Conflict).
    virtual Result<BrowseSent> send(const BrowseSend& record, Time now) = 0;
    // Whether send can ever succeed.
    virtual bool takesRecords() const = 0;
    virtual Result<LoadExplanation> explainLoad(const std::string& part, Time from, Time to) const = 0;
};

} // namespace streamwright
