// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/fact_store.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>

#include "core/base/digest.h"
#include "core/base/file.h"

namespace streamwright {

namespace {

// One statement; its values are bound in order.
class Statement {
public:
    Statement(sqlite3* database, const char* sql) { sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    void bind(int index, std::string_view bytes)
    {
        sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
    }
    void bind(int index, std::int64_t number) { sqlite3_bind_int64(statement_, index, number); }
    bool hasRow() { return sqlite3_step(statement_) == SQLITE_ROW; }
    bool run()
    {
        const bool done = sqlite3_step(statement_) == SQLITE_DONE;
        sqlite3_reset(statement_);
        return done;
    }
    std::string_view bytes(int column) const
    {
        const void* at = sqlite3_column_blob(statement_, column);
        return {static_cast<const char*>(at), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

private:
    sqlite3_stmt* statement_ = nullptr;
};

std::int64_t rowChecksum(std::string_view key, std::string_view value)
{
    return static_cast<std::int64_t>(crc32c(value, crc32c(key)));
}

std::int64_t markChecksum(std::string_view log, std::int64_t first, std::int64_t newest, bool removed)
{
    return rowChecksum(log, std::to_string(first) + "," + std::to_string(newest) + (removed ? ",removed" : ""));
}

// SQLite keeps the errno of a failed write with the file it was for: the database or its journal.
int systemError(sqlite3* database)
{
    int error = 0;
    sqlite3_file* journal = nullptr;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (error == 0 && journal != nullptr && journal->pMethods != nullptr) {
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &error);
    }
    return error != 0 ? error : sqlite3_system_errno(database);
}

bool isDamage(int code) { return code == SQLITE_CORRUPT || code == SQLITE_NOTADB; }

} // namespace

void FactStore::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Problem FactStore::problem(const char* doing) const
{
    const int code = sqlite3_errcode(database_.get());
    if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_FULL) {
        if (const int error = systemError(database_.get()); error != 0) return ioProblem(doing, path_, error);
    }
    const std::string message = std::string("cannot ") + doing + ": " + sqlite3_errmsg(database_.get());
    if (code == SQLITE_FULL)
        return {ProblemCode::DiskFull, message + "; free some space there, or choose another place", path_};
    return {isDamage(code) ? ProblemCode::Corrupt : ProblemCode::Io, message, path_};
}

Result<FactStore::Database> FactStore::connect(const std::string& path)
{
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(raw);
    if (code != SQLITE_OK) return FactStore(path, std::move(database)).problem("open");
    return database;
}

Result<void> FactStore::execute(const char* sql)
{
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return problem("write");
    return {};
}

Result<void> FactStore::setUp()
{
    // Exclusive: the directory has a lock of its own, and the journal needs no shared memory then.
    return execute(
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE IF NOT EXISTS facts(key BLOB PRIMARY KEY, value BLOB NOT NULL, crc INTEGER NOT NULL)"
        " WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS logs(name BLOB PRIMARY KEY, first INTEGER NOT NULL, newest_time INTEGER NOT"
        " NULL, removed INTEGER NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID;");
}

Result<void> FactStore::load(Content& content, std::vector<Problem>& findings)
{
    const auto damaged = [&](const std::string& what) {
        findings.push_back(
            {ProblemCode::Corrupt, what + " is damaged and was dropped; everything else is kept", path_});
    };
    Statement facts(database_.get(), "SELECT key, value, crc FROM facts");
    while (facts.hasRow()) {
        const std::string key(facts.bytes(0));
        if (rowChecksum(key, facts.bytes(1)) == facts.number(2))
            content.facts[key] = facts.bytes(1);
        else
            damaged("the fact \"" + key + "\"");
    }
    const bool factsRead = sqlite3_errcode(database_.get()) == SQLITE_DONE;
    Problem first = factsRead ? Problem{} : problem("read");
    Statement logs(database_.get(), "SELECT name, first, newest_time, removed, crc FROM logs");
    while (logs.hasRow()) {
        const std::string name(logs.bytes(0));
        const bool removed = logs.number(3) != 0;
        if (markChecksum(name, logs.number(1), logs.number(2), removed) != logs.number(4)) {
            damaged("the trim mark of log \"" + name + "\"");
        } else if (removed) {
            content.removed.push_back(name);
        } else {
            content.marks[name] = {static_cast<std::uint64_t>(logs.number(1)), Time(Duration(logs.number(2)))};
        }
    }
    if (!factsRead) return first;
    if (sqlite3_errcode(database_.get()) != SQLITE_DONE) return problem("read");
    return {};
}

Result<std::unique_ptr<FactStore>> FactStore::open(const std::string& path, Content& content,
                                                   std::vector<Problem>& findings)
{
    auto database = connect(path);
    if (!database) return database.problem();
    auto store = std::unique_ptr<FactStore>(new FactStore(path, *std::move(database)));
    auto ready = store->setUp();
    auto loaded = store->load(content, findings); // even if damaged: as far as it goes
    if (!ready) loaded = ready;
    if (loaded) return store;
    if (loaded.problem().code != ProblemCode::Corrupt) return loaded.problem();

    store.reset();
    const std::string aside = path + ".damaged";
    for (const char* ending : {"", "-wal", "-journal"})
        std::rename((path + ending).c_str(), (aside + ending).c_str());
    findings.push_back({ProblemCode::Corrupt,
                        loaded.problem().message + "; it was set aside as " + aside + ", and " +
                            std::to_string(content.facts.size()) + " facts could be carried over",
                        path});
    auto fresh = connect(path);
    if (!fresh) return fresh.problem();
    store.reset(new FactStore(path, *std::move(fresh)));
    Batch batch;
    for (const auto& [key, value] : content.facts)
        batch.facts[key] = value;
    batch.marks = content.marks;
    if (ready = store->setUp(); !ready) return ready.problem();
    if (auto written = store->write(batch); !written) return written.problem();
    return store;
}

Result<void> FactStore::write(const Batch& batch)
{
    if (auto begun = execute("BEGIN IMMEDIATE"); !begun) return begun;
    auto written = writeRows(batch);
    if (written) written = execute("COMMIT");
    if (!written) static_cast<void>(execute("ROLLBACK")); // the first problem is the one to tell
    return written;
}

Result<void> FactStore::writeRows(const Batch& batch)
{
    if (!batch.forgotten.empty()) {
        Statement forget(database_.get(), "DELETE FROM logs WHERE name = ?1");
        for (const std::string& log : batch.forgotten) {
            forget.bind(1, log);
            if (!forget.run()) return problem("write");
        }
    }
    for (const auto& [log, mark] : batch.marks) {
        if (auto written = writeMark(log, mark, false); !written) return written;
    }
    return writeFacts(batch.facts);
}

Result<void> FactStore::writeFacts(const FactMap::Changes& facts)
{
    Statement put(database_.get(), "INSERT OR REPLACE INTO facts(key, value, crc) VALUES(?1, ?2, ?3)");
    Statement erase(database_.get(), "DELETE FROM facts WHERE key = ?1");
    for (const auto& [key, value] : facts) {
        Statement& statement = value ? put : erase;
        statement.bind(1, key);
        if (value) {
            statement.bind(2, *value);
            statement.bind(3, rowChecksum(key, *value));
        }
        if (!statement.run()) return problem("write");
    }
    return {};
}

Result<void> FactStore::writeMark(const std::string& log, LogMark mark, bool removed)
{
    Statement put(database_.get(),
                  "INSERT OR REPLACE INTO logs(name, first, newest_time, removed, crc) VALUES(?1, ?2, ?3, ?4, ?5)");
    const auto first = static_cast<std::int64_t>(mark.first);
    const std::int64_t newest = mark.newestTime.time_since_epoch().count();
    put.bind(1, log);
    put.bind(2, first);
    put.bind(3, newest);
    put.bind(4, std::int64_t{removed});
    put.bind(5, markChecksum(log, first, newest, removed));
    if (!put.run()) return problem("write");
    return {};
}

Result<void> FactStore::markRemoved(const std::string& log) { return writeMark(log, {}, true); }

} // namespace streamwright
