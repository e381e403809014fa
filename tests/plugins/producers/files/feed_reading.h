// SPDX-License-Identifier: GPL-3.0-or-later
// For the tests of the file readers: everything a feed gives, as text.
#pragma once

#include <string>
#include <vector>

#include "plugins/producers/files/record_feed.h"

namespace streamwright::producers {

struct FeedReading {
    std::vector<std::string> records;
    std::vector<std::string> keys;
    std::vector<Time> times;
    std::vector<std::uint64_t> lines;
    std::vector<std::string> problems; // "place: message"
};

inline FeedReading readAll(RecordFeed& feed)
{
    FeedReading reading;
    while (true) {
        const RecordFeed::Status status = feed.next();
        if (status == RecordFeed::Status::End) return reading;
        if (status != RecordFeed::Status::Record) {
            reading.problems.push_back(feed.problem().text());
            if (status == RecordFeed::Status::Failed) return reading;
            continue;
        }
        reading.records.emplace_back(feed.record().json);
        reading.keys.emplace_back(feed.record().key);
        reading.times.push_back(feed.record().time);
        reading.lines.push_back(feed.record().line);
    }
}

// The bytes as a file of that name would be read, in pieces of a few bytes so that every border is met.
inline FeedReading readBytes(const std::string& bytes, FeedOptions options, std::size_t piece = 7)
{
    auto feed = RecordFeed::open(std::move(options), bytesOf(bytes, piece));
    if (!feed) return {{}, {}, {}, {}, {feed.problem().text()}};
    return readAll(**feed);
}

using Texts = std::vector<std::string>;

} // namespace streamwright::producers
