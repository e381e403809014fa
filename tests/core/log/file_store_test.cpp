// SPDX-License-Identifier: GPL-3.0-or-later
// The store on disk when all goes well: what is committed is there again, files rotate and go, commits are shared.
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "core/log/log_store.h"
#include "core/log/segment_file.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright {
namespace {

Record record(std::string_view data, std::int64_t at = 0)
{
    return {.key = "k", .data = data, .time = Time(seconds(at))};
}

std::unique_ptr<LogStore> opened(const ScratchDirectory& scratch)
{
    auto store = LogStore::open(scratch.path());
    if (!store) ADD_FAILURE() << store.problem().text();
    return std::move(store).value();
}

std::shared_ptr<ShardLog> logOf(LogStore& store, const std::string& name = "node/shard")
{
    return std::move(store.log(name)).value();
}

// Records 0..count-1, each `size` bytes of a letter that follows from its number.
void fill(ShardLog& log, std::uint64_t count, std::size_t size)
{
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t next = log.next();
        ASSERT_TRUE(
            log.append(record(std::string(size, static_cast<char>('a' + next % 26)), static_cast<std::int64_t>(next))));
    }
}

void expectFilled(const ShardLog& log, std::uint64_t from, std::uint64_t to, std::size_t size)
{
    std::uint64_t expected = from;
    for (std::uint64_t at = from; at < to;) {
        const LogRead read = log.read(at, 1000, ByteCount::mib(4));
        ASSERT_FALSE(read.records.empty());
        for (const Record& found : read.records) {
            ASSERT_EQ(found.sequence, expected);
            ASSERT_EQ(found.data, std::string(size, static_cast<char>('a' + expected % 26)));
            ASSERT_EQ(found.time, Time(seconds(static_cast<std::int64_t>(expected))));
            ++expected;
        }
        at = read.next;
    }
    EXPECT_EQ(expected, to);
}

TEST(FileStore, WhatIsCommittedIsThereAgainAndNothingElse)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        EXPECT_TRUE(store->durable());
        const auto log = logOf(*store);
        fill(*log, 100, 50);
        store->put("checkpoint/a", "100");
        store->put("gone", "x");
        ASSERT_TRUE(store->commit());
        fill(*log, 10, 50);
        store->put("checkpoint/a", "110");
        store->erase("gone");
        EXPECT_EQ(log->read(105, 1, ByteCount(1)).records.size(), 1u); // readable before it is durable
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    EXPECT_EQ(store->get("checkpoint/a"), "100");
    EXPECT_EQ(store->get("gone"), "x");
    const auto log = logOf(*store);
    EXPECT_EQ(log->next(), 100u);
    EXPECT_EQ(log->newestTime(), Time(seconds(99)));
    expectFilled(*log, 0, 100, 50);
}

TEST(FileStore, AppendingGoesOnInTheNewestFileAfterReopening)
{
    const ScratchDirectory scratch;
    for (int round = 0; round < 5; ++round) {
        const auto store = opened(scratch);
        const auto log = logOf(*store);
        ASSERT_EQ(log->next(), 1000u * round);
        fill(*log, 500, 200);
        ASSERT_TRUE(store->commit());
        fill(*log, 500, 200);
        ASSERT_TRUE(store->commit());
        expectFilled(*log, 0, log->next(), 200);
    }
    EXPECT_EQ(scratch.segmentFiles().size(), 1u);
}

TEST(FileStore, FilesRotateAndWholeFilesLeaveTheDiskWhenTrimmed)
{
    const ScratchDirectory scratch;
    const auto store = opened(scratch);
    const auto log = logOf(*store);
    for (int i = 0; i < 30; ++i) {
        fill(*log, 1000, 1000);
        ASSERT_TRUE(store->commit());
    }
    const std::size_t files = scratch.segmentFiles().size();
    EXPECT_GE(files, 4u);
    for (const auto& file : scratch.segmentFiles()) {
        EXPECT_LE(std::filesystem::file_size(file), SegmentFile::kLargestFile);
    }
    expectFilled(*log, 0, 30'000, 1000);
    log->trim(15'000);
    EXPECT_EQ(scratch.segmentFiles().size(), files); // not before the mark is durable
    ASSERT_TRUE(store->commit());
    EXPECT_LE(scratch.segmentFiles().size(), files / 2 + 1);
    expectFilled(*log, 15'000, 30'000, 1000);
    log->trim(30'000);
    ASSERT_TRUE(store->commit());
    EXPECT_EQ(scratch.segmentFiles().size(), 0u);
    EXPECT_EQ(log->size(), ByteCount(0));
}

TEST(FileStore, MemoryDoesNotGrowWithTheRetention)
{
    const ScratchDirectory scratch;
    const auto store = opened(scratch);
    const auto log = logOf(*store);
    for (int i = 0; i < 40; ++i) {
        fill(*log, 1000, 1000);
        ASSERT_TRUE(store->commit());
        EXPECT_LE(store->memory(), ByteCount::mib(1));
    }
    expectFilled(*log, 0, 40'000, 1000);
}

TEST(FileStore, NumbersAndTimesGoOnWhenAllRecordsWereTrimmed)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        const auto log = logOf(*store);
        fill(*log, 5000, 1000);
        ASSERT_TRUE(store->commit());
        log->trim(5000);
        ASSERT_TRUE(store->commit());
        EXPECT_TRUE(scratch.segmentFiles().empty());
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    const auto log = logOf(*store);
    EXPECT_EQ(log->first(), 5000u);
    EXPECT_EQ(log->next(), 5000u);
    EXPECT_EQ(log->newestTime(), Time(seconds(4999)));
    EXPECT_EQ(*log->append(record("x")), 5000u);
}

TEST(FileStore, TrimMarkInsideASegmentSurvives)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        const auto log = logOf(*store);
        fill(*log, 1000, 100);
        log->trim(321);
        ASSERT_TRUE(store->commit());
    }
    const auto store = opened(scratch);
    const auto log = logOf(*store);
    EXPECT_EQ(log->first(), 321u);
    EXPECT_EQ(log->size(), ByteCount(679 * 101));
    EXPECT_EQ(log->positionAt(Time{}), 321u);
    expectFilled(*log, 321, 1000, 100);
}

TEST(FileStore, RecordsTrimmedBeforeTheyWereWrittenLeaveNoGap)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        const auto log = logOf(*store);
        fill(*log, 10, 100);
        ASSERT_TRUE(store->commit());
        fill(*log, 1000, 1000); // several segments in memory
        log->trim(900);
        ASSERT_TRUE(store->commit());
        fill(*log, 5, 1000);
        ASSERT_TRUE(store->commit());
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    const auto log = logOf(*store);
    EXPECT_EQ(log->first(), 900u);
    expectFilled(*log, 900, 1015, 1000);
}

TEST(FileStore, ReadersKeepTheirViewsAcrossCommitTrimAndRemoval)
{
    const ScratchDirectory scratch;
    auto store = opened(scratch);
    auto log = logOf(*store);
    fill(*log, 3000, 1000);
    const LogRead fromMemory = log->read(0, 10'000, ByteCount::mib(100));
    ASSERT_TRUE(store->commit());
    const LogRead fromFile = log->read(0, 10'000, ByteCount::mib(100));
    log->trim(3000);
    ASSERT_TRUE(store->commit());
    ASSERT_TRUE(store->removeLog("node/shard"));
    EXPECT_TRUE(scratch.segmentFiles().empty());
    log.reset();
    store.reset();
    for (const LogRead* read : {&fromMemory, &fromFile}) {
        ASSERT_EQ(read->records.size(), 3000u);
        for (const Record& kept : read->records) {
            ASSERT_EQ(kept.data, std::string(1000, static_cast<char>('a' + kept.sequence % 26)));
        }
    }
}

TEST(FileStore, LogsAreListedEvenWhenEmptyAndRemovedForGood)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        fill(*logOf(*store, "a/1"), 10, 10);
        fill(*logOf(*store, "a/2"), 10, 10);
        (void)logOf(*store, "empty");
        ASSERT_TRUE(store->commit());
        const auto removed = logOf(*store, "a/1");
        ASSERT_TRUE(store->removeLog("a/1"));
        EXPECT_EQ(removed->append(record("x")).problem().code, ProblemCode::NotFound);
    }
    {
        const auto store = opened(scratch);
        EXPECT_EQ(store->logNames(), (std::vector<std::string>{"a/2", "empty"}));
        EXPECT_EQ(logOf(*store, "a/1")->next(), 0u); // made anew
        fill(*logOf(*store, "a/1"), 3, 30);
        ASSERT_TRUE(store->commit());
        ASSERT_TRUE(store->removeLog("a/2"));
        fill(*logOf(*store, "a/2"), 4, 40);
        ASSERT_TRUE(store->commit());
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    expectFilled(*logOf(*store, "a/1"), 0, 3, 30);
    expectFilled(*logOf(*store, "a/2"), 0, 4, 40);
    EXPECT_EQ(logOf(*store, "a/2")->next(), 4u);
}

TEST(FileStore, ARemovedLogStillHeldDoesNotComeBackByACommit)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        const auto held = logOf(*store, "a/1");
        fill(*held, 10, 10);
        held->trim(5);
        ASSERT_TRUE(store->removeLog("a/1"));
        ASSERT_TRUE(store->commit());
    }
    EXPECT_TRUE(opened(scratch)->logNames().empty());
}

TEST(FileStore, CommitsOfManyThreadsMakeDurableWhatEachHasAppended)
{
    const ScratchDirectory scratch;
    constexpr int kThreads = 6, kRounds = 25;
    {
        const auto store = opened(scratch);
        const auto shared = logOf(*store, "shared");
        std::atomic<int> failures{0};
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                const std::string own = "own/" + std::to_string(t);
                const auto log = std::move(store->log(own)).value();
                for (int i = 0; i < kRounds; ++i) {
                    const std::string data(500, static_cast<char>('a' + i));
                    if (!log->append(record(data)) || !shared->append(record(data))) ++failures;
                    store->put(own, std::to_string(log->next()));
                    if (!store->commit()) ++failures;
                    const LogRead read = shared->read(shared->first(), 100, ByteCount::mib(1));
                    for (const Record& found : read.records) {
                        if (found.data != std::string(500, found.data[0])) ++failures;
                    }
                    if (t == 0 && i % 5 == 4) shared->trim(shared->next() / 2);
                }
            });
        }
        threads.clear();
        EXPECT_EQ(failures, 0);
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    EXPECT_EQ(logOf(*store, "shared")->next(), static_cast<std::uint64_t>(kThreads * kRounds));
    for (int t = 0; t < kThreads; ++t) {
        const std::string own = "own/" + std::to_string(t);
        EXPECT_EQ(store->get(own), std::to_string(kRounds));
        const LogRead read = logOf(*store, own)->read(0, 1000, ByteCount::mib(1));
        ASSERT_EQ(read.records.size(), static_cast<std::size_t>(kRounds));
        for (int i = 0; i < kRounds; ++i)
            EXPECT_EQ(read.records[i].data, std::string(500, static_cast<char>('a' + i)));
    }
}

TEST(FileStore, ManyIdleLogsCostLittle)
{
    const ScratchDirectory scratch;
    const auto store = opened(scratch);
    std::vector<std::shared_ptr<ShardLog>> logs;
    for (int i = 0; i < 10'000; ++i)
        logs.push_back(logOf(*store, "node/shardId-" + std::to_string(i)));
    ASSERT_TRUE(store->commit());
    EXPECT_EQ(store->memory(), ByteCount(0));
    EXPECT_TRUE(scratch.segmentFiles().empty());
}

TEST(FileStoreProblem, ASecondOpenerIsRefused)
{
    const ScratchDirectory scratch;
    const auto store = opened(scratch);
    const auto second = LogStore::open(scratch.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.problem().code, ProblemCode::Conflict);
    EXPECT_NE(second.problem().message.find("process " + std::to_string(::getpid())), std::string::npos);
}

TEST(FileStoreProblem, ADirectoryThatCannotBeMadeNamesTheRemedy)
{
    const ScratchDirectory scratch;
    const auto missingParent = LogStore::open(scratch.path("absent/store"));
    ASSERT_FALSE(missingParent);
    EXPECT_EQ(missingParent.problem().code, ProblemCode::NotFound);
    EXPECT_NE(missingParent.problem().message.find("make that first"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(scratch.path("absent")));

    overwrite(scratch.path("file"), "I am a file");
    const auto file = LogStore::open(scratch.path("file"));
    ASSERT_FALSE(file);
    EXPECT_EQ(file.problem().code, ProblemCode::InvalidInput);
    EXPECT_EQ(contentOf(scratch.path("file")), "I am a file");

    for (const std::string unwritable : {"/proc/streamwright", "/proc/self"}) {
        const auto refused = LogStore::open(unwritable);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.problem().message.find("cannot"), std::string::npos) << refused.problem().text();
        EXPECT_NE(refused.problem().place.find(unwritable), std::string::npos);
    }
}

TEST(FileStoreProblem, AnUnknownFormatIsRefusedAndLeftAlone)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        fill(*logOf(*store), 10, 10);
        ASSERT_TRUE(store->commit());
    }
    const std::string known = contentOf(scratch.path("store/FORMAT"));
    overwrite(scratch.path("store/FORMAT"), "streamwright data, format 2\n");
    const auto refused = LogStore::open(scratch.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, ProblemCode::InvalidInput);
    EXPECT_NE(refused.problem().message.find("format"), std::string::npos);
    overwrite(scratch.path("store/FORMAT"), known);

    const std::string path = scratch.segmentFiles().at(0), content = contentOf(path);
    SegmentFileHeader header;
    std::memcpy(&header, content.data(), sizeof header);
    header.version = 2;
    header.crc = headerChecksum(header);
    std::string newer = content;
    std::memcpy(newer.data(), &header, sizeof header);
    overwrite(path, newer);
    const auto newerSegment = LogStore::open(scratch.path());
    ASSERT_FALSE(newerSegment);
    EXPECT_NE(newerSegment.problem().message.find("version 2"), std::string::npos);
    EXPECT_EQ(newerSegment.problem().place, path);
    EXPECT_EQ(contentOf(path), newer);
}

// Limits the size of files for as long as it lives, so that the disk seems full.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limited{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limited);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    void (*handler_)(int);
    rlimit before_{};
};

TEST(FileStoreProblem, AFullDiskFailsTheCommitAndKeepsWhatWasDurable)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        const auto log = logOf(*store);
        const auto other = logOf(*store, "other");
        fill(*log, 1000, 1000);
        ASSERT_TRUE(store->commit());
        const FileSizeLimit limit(2 << 20);
        fill(*log, 2000, 1000);
        fill(*other, 3000, 1000);
        store->put("checkpoint", "3000");
        const auto failed = store->commit();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.problem().code, ProblemCode::DiskFull);
        EXPECT_NE(failed.problem().place.find(".seg"), std::string::npos);
        EXPECT_NE(failed.problem().message.find("ulimit -f"), std::string::npos);
        // From now on nothing is taken that could not be kept.
        EXPECT_EQ(log->append(record("x")).problem().code, ProblemCode::DiskFull);
        EXPECT_EQ(store->commit().problem().text(), failed.problem().text());
        EXPECT_FALSE(store->log("new"));
        EXPECT_FALSE(store->removeLog("other"));
        expectFilled(*log, 0, 1000, 1000); // reading goes on
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    EXPECT_EQ(store->get("checkpoint"), std::nullopt);
    const auto log = logOf(*store);
    EXPECT_EQ(log->next(), 1000u);
    expectFilled(*log, 0, 1000, 1000);
    EXPECT_EQ(logOf(*store, "other")->next(), 0u);
    fill(*log, 100, 1000);
    ASSERT_TRUE(store->commit());
    expectFilled(*log, 0, 1100, 1000);
}

TEST(FileStoreProblem, ADiskFullForFactsTakesTheRecordsOfTheCommitBack)
{
    const ScratchDirectory scratch;
    {
        const auto store = opened(scratch);
        fill(*logOf(*store), 10, 1000);
        store->put("checkpoint", "10");
        ASSERT_TRUE(store->commit());
        const FileSizeLimit limit(1 << 20);
        fill(*logOf(*store), 10, 1000);
        store->put("checkpoint", std::string(2 << 20, 'c'));
        const auto failed = store->commit();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.problem().code, ProblemCode::DiskFull) << failed.problem().text();
        EXPECT_NE(failed.problem().place.find("facts.db"), std::string::npos);
    }
    const auto store = opened(scratch);
    EXPECT_TRUE(store->findings().empty());
    EXPECT_EQ(store->get("checkpoint"), "10");
    EXPECT_EQ(logOf(*store)->next(), 10u);
}

} // namespace
} // namespace streamwright
