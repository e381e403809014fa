// SPDX-License-Identifier: GPL-3.0-or-later
// FactStore: the facts of a store and the marks of its logs in one SQLite file (write-ahead journal, synced at every
// transaction). Every row has a checksum; a damaged file is set aside and what can be read of it is carried over.
// Owned by a FileStore; one thread at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/log/fact_map.h"
#include "core/log/file_log.h"

struct sqlite3;

namespace streamwright {

class FactStore {
public:
    struct Content {
        std::map<std::string, std::string> facts;
        std::map<std::string, LogMark> marks;
        std::vector<std::string> removed; // logs whose removal was cut off: their files are to be removed
    };

    // Opens or makes the file and reads all of it.
    static Result<std::unique_ptr<FactStore>> open(const std::string& path, Content& content,
                                                   std::vector<Problem>& findings);

    struct Batch {
        FactMap::Changes facts;
        std::map<std::string, LogMark> marks;
        std::vector<std::string> forgotten; // logs that are removed for good
        bool empty() const { return facts.empty() && marks.empty() && forgotten.empty(); }
    };
    // One transaction, durable on return.
    Result<void> write(const Batch& batch);
    // From now on the log counts as removed, durably.
    Result<void> markRemoved(const std::string& log);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    using Database = std::unique_ptr<sqlite3, Close>;

    FactStore(std::string path, Database database) : path_(std::move(path)), database_(std::move(database)) { }

    static Result<Database> connect(const std::string& path);
    Result<void> setUp();
    Result<void> load(Content& content, std::vector<Problem>& findings);
    Result<void> execute(const char* sql);
    Result<void> writeFacts(const FactMap::Changes& facts);
    Result<void> writeMark(const std::string& log, LogMark mark, bool removed);
    Result<void> writeRows(const Batch& batch);
    Problem problem(const char* doing) const;

    const std::string path_;
    const Database database_;
};

} // namespace streamwright
