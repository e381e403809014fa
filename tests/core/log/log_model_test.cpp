// SPDX-License-Identifier: GPL-3.0-or-later
// Random work on a log against a plain model of it, in memory and on disk (with reopening, so that what is committed,
// and nothing else, survives).
#include <rapidcheck/gtest.h>

#include <deque>

#include "core/log/log_store.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright {
namespace {

struct StoredRecord {
    std::string key, data, extra;
    Time time;
    std::uint64_t sequence;
};

struct LogModel {
    std::deque<StoredRecord> records;
    std::uint64_t first = 0, next = 0;
    Time newest{};

    void append(const Record& record)
    {
        newest = std::max(newest, record.time);
        records.push_back(
            {std::string(record.key), std::string(record.data), std::string(record.extra), newest, next++});
    }
    void trim(std::uint64_t position)
    {
        first = std::max(first, std::min(position, next));
        while (!records.empty() && records.front().sequence < first)
            records.pop_front();
    }
    std::uint64_t positionAt(Time t) const
    {
        for (const auto& record : records) {
            if (record.time >= t) return record.sequence;
        }
        return next;
    }
    std::uint64_t size() const
    {
        std::uint64_t bytes = 0;
        for (const auto& record : records)
            bytes += record.key.size() + record.data.size();
        return bytes;
    }
};

void expectSameRead(const LogModel& model, const ShardLog& log, std::uint64_t position, std::size_t maxRecords,
                    ByteCount maxBytes)
{
    const LogRead read = log.read(position, maxRecords, maxBytes);
    const std::uint64_t begin = std::clamp(position, model.first, model.next);
    RC_ASSERT(read.first == begin);
    std::uint64_t bytes = 0;
    std::size_t count = 0;
    for (std::size_t i = begin - model.first; i < model.records.size() && count < maxRecords; ++i, ++count) {
        const StoredRecord& expected = model.records[i];
        const std::uint64_t size = expected.key.size() + expected.data.size();
        if (count > 0 && bytes + size > maxBytes.value()) break;
        bytes += size;
        RC_ASSERT(count < read.records.size());
        const Record& found = read.records[count];
        RC_ASSERT(found.sequence == expected.sequence);
        RC_ASSERT(found.time == expected.time);
        RC_ASSERT(found.key == expected.key);
        RC_ASSERT(found.data == expected.data);
        RC_ASSERT(found.extra == expected.extra);
    }
    RC_ASSERT(read.records.size() == count);
    RC_ASSERT(read.bytes == ByteCount(bytes));
    RC_ASSERT(read.next == begin + count);
}

void expectSame(const LogModel& model, const ShardLog& log)
{
    RC_ASSERT(log.first() == model.first);
    RC_ASSERT(log.next() == model.next);
    RC_ASSERT(log.newestTime() == model.newest);
    RC_ASSERT(log.size() == ByteCount(model.size()));
}

// The whole range from the first case on.
std::uint64_t below(std::uint64_t bound)
{
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint64_t>(0, bound));
}

// Sizes from none to several segments' worth, mostly small.
std::string someBytes()
{
    const std::uint64_t scale = below(100);
    const std::uint64_t size = scale < 70 ? below(200) : scale < 97 ? below(6000) : below(300'000);
    return std::string(size, static_cast<char>('a' + size % 26));
}

void workAtRandom(LogModel& model, ShardLog& log)
{
    switch (below(10)) {
    case 0: {
        const std::uint64_t position = below(model.next + 3);
        model.trim(position);
        log.trim(position);
        break;
    }
    case 1: {
        const Time t = Time(Duration(below(static_cast<std::uint64_t>(model.newest.time_since_epoch().count()) + 3)));
        RC_ASSERT(log.positionAt(t) == model.positionAt(t));
        break;
    }
    case 2:
    case 3:
        expectSameRead(model, log, below(model.next + 3), below(50), ByteCount(below(20'000)));
        break;
    default:
        for (std::uint64_t i = below(30); i > 0; --i) {
            const std::string key = std::string(below(20), 'k'), data = someBytes(),
                              extra = std::string(below(12), 'x');
            const std::int64_t now = model.newest.time_since_epoch().count() + static_cast<std::int64_t>(below(20)) - 3;
            const Record record{key, data, extra, Time(Duration(std::max<std::int64_t>(now, 0)))};
            const auto sequence = log.append(record);
            RC_ASSERT(sequence);
            RC_ASSERT(*sequence == model.next);
            model.append(record);
        }
    }
}

RC_GTEST_PROP(LogModel, MemoryBehavesLikeTheModel, ())
{
    const auto store = LogStore::inMemory();
    const auto log = std::move(store->log("a/b")).value();
    LogModel model;
    for (std::uint64_t steps = below(60); steps > 0; --steps) {
        workAtRandom(model, *log);
        expectSame(model, *log);
    }
    expectSameRead(model, *log, 0, 1'000'000, ByteCount::mib(1000));
}

RC_GTEST_PROP(LogModel, DiskBehavesLikeTheModelAcrossReopening, ())
{
    const ScratchDirectory scratch(ScratchDirectory::Place::Quick);
    auto store = std::move(LogStore::open(scratch.path())).value();
    auto log = std::move(store->log("a/b")).value();
    LogModel model, committed;
    for (std::uint64_t steps = below(60); steps > 0; --steps) {
        workAtRandom(model, *log);
        if (below(4) == 0) {
            RC_ASSERT(store->commit());
            committed = model;
        }
        if (below(12) == 0) {
            log.reset();
            store.reset();
            store = std::move(LogStore::open(scratch.path())).value();
            RC_ASSERT(store->findings().empty());
            log = std::move(store->log("a/b")).value();
            model = committed;
            expectSameRead(model, *log, 0, 1'000'000, ByteCount::mib(1000));
        }
        expectSame(model, *log);
    }
    expectSameRead(model, *log, 0, 1'000'000, ByteCount::mib(1000));
}

} // namespace
} // namespace streamwright
