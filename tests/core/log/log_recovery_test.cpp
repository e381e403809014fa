// SPDX-License-Identifier: GPL-3.0-or-later
// What recovery makes of damaged files: nothing is lost but what the damage hit, and every loss is told with its place.
#include <set>

#include "core/base/random.h"
#include "core/log/frame.h"
#include "core/log/log_store.h"
#include "core/log/segment_file.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright {
namespace {

std::string dataOf(std::uint64_t sequence, std::size_t size)
{
    return std::to_string(sequence) + ":" + std::string(size, static_cast<char>('a' + sequence % 26));
}

// A store with the log "n/s" of so many records, committed in pieces of `each`.
void build(const ScratchDirectory& scratch, std::uint64_t count, std::size_t size, std::uint64_t each)
{
    const auto store = std::move(LogStore::open(scratch.path())).value();
    const auto log = std::move(store->log("n/s")).value();
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string data = dataOf(i, size);
        ASSERT_TRUE(log->append({.key = "key", .data = data, .time = Time(seconds(static_cast<std::int64_t>(i)))}));
        if ((i + 1) % each == 0 || i + 1 == count) {
            ASSERT_TRUE(store->commit());
        }
    }
}

struct Found {
    std::vector<Problem> findings;
    std::set<std::uint64_t> sequences;
    std::uint64_t first = 0, next = 0;
};

// Opens the store and checks that every record found is what was written under its number.
Found reopen(const ScratchDirectory& scratch, std::size_t size)
{
    Found found;
    auto store = LogStore::open(scratch.path());
    if (!store) {
        ADD_FAILURE() << store.problem().text();
        return found;
    }
    const auto log = std::move((*store)->log("n/s")).value();
    found.findings = (*store)->findings();
    found.first = log->first();
    found.next = log->next();
    std::uint64_t payload = 0;
    for (std::uint64_t at = found.first; at < found.next;) {
        const LogRead read = log->read(at, 1000, ByteCount::mib(8));
        for (const Record& record : read.records) {
            EXPECT_EQ(record.data, dataOf(record.sequence, size));
            EXPECT_GE(record.time, Time(seconds(static_cast<std::int64_t>(record.sequence))));
            EXPECT_TRUE(found.sequences.insert(record.sequence).second);
            payload += record.key.size() + record.data.size();
        }
        if (read.next <= at) {
            ADD_FAILURE() << "reading does not go on from " << at;
            break;
        }
        at = read.next;
    }
    EXPECT_EQ(log->size(), ByteCount(payload));
    return found;
}

std::set<std::uint64_t> numbersBelow(std::uint64_t count)
{
    std::set<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < count; ++i)
        numbers.insert(numbers.end(), i);
    return numbers;
}

// Where frames of the test's records begin in a file.
std::vector<std::size_t> frameOffsets(const std::string& content)
{
    std::vector<std::size_t> offsets;
    std::size_t at = sizeof(SegmentFileHeader);
    for (; at < content.size(); at += frameStride(frameHeaderAt(content.data() + at)))
        offsets.push_back(at);
    offsets.push_back(at);
    return offsets;
}

TEST(LogRecovery, CutsATornTailAtEveryByte)
{
    const ScratchDirectory scratch(ScratchDirectory::Place::Quick);
    build(scratch, 6, 10, 6);
    const std::string path = scratch.segmentFiles().at(0), whole = contentOf(path);
    const auto offsets = frameOffsets(whole);
    ASSERT_EQ(offsets.size(), 7u);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        overwrite(path, whole.substr(0, size));
        const auto past = std::upper_bound(offsets.begin(), offsets.end(), size);
        const auto kept = static_cast<std::uint64_t>(past == offsets.begin() ? 0 : past - offsets.begin() - 1);
        const bool clean = size == 0 || (past != offsets.begin() && *std::prev(past) == size);
        const Found found = reopen(scratch, 10);
        ASSERT_EQ(found.next, kept) << "cut to " << size;
        ASSERT_EQ(found.sequences, numbersBelow(kept));
        ASSERT_EQ(found.findings.size(), clean ? 0u : 1u) << "cut to " << size;
        if (!clean) {
            const std::size_t byte = past == offsets.begin() ? 0 : *std::prev(past);
            ASSERT_EQ(found.findings[0].place, path + ", byte " + std::to_string(byte));
            ASSERT_NE(found.findings[0].message.find("torn"), std::string::npos);
            ASSERT_TRUE(reopen(scratch, 10).findings.empty()); // mended
        }
    }
}

TEST(LogRecovery, AppendingGoesOnAfterACutTail)
{
    const ScratchDirectory scratch;
    build(scratch, 6, 10, 6);
    const std::string path = scratch.segmentFiles().at(0);
    overwrite(path, contentOf(path).substr(0, frameOffsets(contentOf(path))[4] + 5));
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        const auto log = std::move(store->log("n/s")).value();
        for (std::uint64_t i = 4; i < 9; ++i) {
            const std::string data = dataOf(i, 10);
            EXPECT_EQ(*log->append({.key = "key", .data = data, .time = Time(seconds(static_cast<std::int64_t>(i)))}),
                      i);
        }
        ASSERT_TRUE(store->commit());
    }
    const Found found = reopen(scratch, 10);
    EXPECT_TRUE(found.findings.empty());
    EXPECT_EQ(found.sequences, numbersBelow(9));
}

TEST(LogRecovery, AFlippedByteAnywhereLosesAtMostItsOwnRecord)
{
    const ScratchDirectory scratch(ScratchDirectory::Place::Quick);
    build(scratch, 8, 21, 3);
    const std::string path = scratch.segmentFiles().at(0), whole = contentOf(path);
    const auto offsets = frameOffsets(whole);
    for (std::size_t byte = 0; byte < whole.size(); ++byte) {
        overwrite(path, whole);
        flipByte(path, byte);
        const Found found = reopen(scratch, 21);
        std::set<std::uint64_t> expected = numbersBelow(8);
        bool padding = false;
        if (byte >= offsets[0]) {
            const auto hit = static_cast<std::uint64_t>(std::upper_bound(offsets.begin(), offsets.end(), byte) -
                                                        offsets.begin() - 1);
            padding = byte >= offsets[hit] + frameBytes(frameHeaderAt(whole.data() + offsets[hit]));
            if (!padding) {
                expected.erase(hit);
                ASSERT_EQ(found.findings.size(), 1u);
                const std::string told =
                    hit < 7 ? "record " + std::to_string(hit) + " of log n/s lost" : "before number 7 kept";
                ASSERT_NE(found.findings[0].message.find(told), std::string::npos) << found.findings[0].text();
                ASSERT_EQ(found.findings[0].place, path + ", byte " + std::to_string(offsets[hit]));
            }
        }
        ASSERT_EQ(found.sequences, expected) << "byte " << byte;
        ASSERT_EQ(found.findings.size(), padding ? 0u : 1u) << "byte " << byte;
        ASSERT_EQ(found.findings.empty() ? path : found.findings[0].place.substr(0, path.size()), path);
    }
}

TEST(LogRecovery, DamageStaysReportedAndNumbersGoOn)
{
    const ScratchDirectory scratch;
    build(scratch, 10, 100, 10);
    const std::string path = scratch.segmentFiles().at(0);
    flipByte(path, frameOffsets(contentOf(path))[4] + 50);
    for (std::uint64_t round = 0; round < 3; ++round) {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        EXPECT_EQ(store->findings().size(), 1u);
        const auto log = std::move(store->log("n/s")).value();
        EXPECT_EQ(log->read(4, 1, ByteCount(1)).records.at(0).sequence, 5u);
        EXPECT_EQ(log->positionAt(Time(seconds(4))), 5u);
        const std::string data = dataOf(10 + round, 100);
        EXPECT_EQ(
            *log->append({.key = "key", .data = data, .time = Time(seconds(10 + static_cast<std::int64_t>(round)))}),
            10 + round);
        ASSERT_TRUE(store->commit());
    }
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        const auto log = std::move(store->log("n/s")).value();
        log->trim(4); // the record lost would be the first one kept
        EXPECT_EQ(log->first(), 5u);
        ASSERT_TRUE(store->commit());
    }
    const Found found = reopen(scratch, 100);
    EXPECT_TRUE(found.findings.empty()); // the damage is before the mark now
    EXPECT_EQ(found.first, 5u);
    EXPECT_EQ(found.sequences.size(), 8u);
}

TEST(LogRecovery, DataThatLooksLikeFramesDoesNotMislead)
{
    const ScratchDirectory scratch;
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        const auto log = std::move(store->log("n/s")).value();
        std::string frame(frameStride(Record{.data = "forged"}), '\0');
        writeFrame(frame.data(), {.data = "forged"}, Time(seconds(500)), 700, Checksum::Write);
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(log->append({.data = frame + frame, .time = Time(seconds(i))}));
        ASSERT_TRUE(store->commit());
    }
    const std::string path = scratch.segmentFiles().at(0);
    flipByte(path, sizeof(SegmentFileHeader)); // the checksum of the first frame
    const auto store = std::move(LogStore::open(scratch.path())).value();
    const auto log = std::move(store->log("n/s")).value();
    EXPECT_EQ(log->first(), 1u);
    EXPECT_EQ(log->next(), 5u);
}

TEST(LogRecovery, AMissingFileIsToldAndTheRestKept)
{
    const ScratchDirectory scratch;
    build(scratch, 25'000, 1000, 1000);
    const auto files = scratch.segmentFiles();
    ASSERT_GE(files.size(), 3u);
    std::filesystem::remove(files[1]);
    const Found found = reopen(scratch, 1000);
    ASSERT_EQ(found.findings.size(), 1u);
    EXPECT_EQ(found.findings[0].place, files[2] + ", byte 0");
    EXPECT_NE(found.findings[0].message.find("lost"), std::string::npos);
    EXPECT_EQ(found.next, 25'000u);
    EXPECT_TRUE(found.sequences.contains(0) && found.sequences.contains(24'999));
    EXPECT_GT(found.sequences.size(), 14'000u);
}

TEST(LogRecovery, TheEndOfAnOlderFileIsDamageNotATornTail)
{
    const ScratchDirectory scratch;
    build(scratch, 25'000, 1000, 1000);
    const auto files = scratch.segmentFiles();
    ASSERT_GE(files.size(), 3u);
    const std::string whole = contentOf(files[0]);
    overwrite(files[0], whole.substr(0, whole.size() - 1500)); // into the last but one record
    const Found found = reopen(scratch, 1000);
    ASSERT_EQ(found.findings.size(), 1u);
    EXPECT_EQ(found.sequences.size(), 24'998u);
    EXPECT_EQ(found.next, 25'000u);
    EXPECT_EQ(contentOf(files[0]).size(), whole.size() - 1500); // left alone
}

TEST(LogRecovery, WithoutItsFactsTheLogsAreStillThere)
{
    const ScratchDirectory scratch;
    build(scratch, 100, 100, 10);
    overwrite(scratch.path("store/facts.db"), std::string(8192, 'x'));
    std::filesystem::remove(scratch.path("store/facts.db-wal"));
    const Found found = reopen(scratch, 100);
    ASSERT_EQ(found.findings.size(), 1u);
    EXPECT_EQ(found.findings[0].code, ProblemCode::Corrupt);
    EXPECT_EQ(found.findings[0].place, scratch.path("store/facts.db"));
    EXPECT_TRUE(std::filesystem::exists(scratch.path("store/facts.db.damaged")));
    EXPECT_EQ(found.sequences, numbersBelow(100));
    EXPECT_TRUE(reopen(scratch, 100).findings.empty());
}

TEST(LogRecovery, AFlippedByteInTheFactsIsToldAndTheOthersKept)
{
    const ScratchDirectory scratch;
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        for (int i = 0; i < 50; ++i)
            store->put("key" + std::to_string(i), "valueOf" + std::to_string(i) + std::string(100, '.'));
        ASSERT_TRUE(store->commit());
    }
    const std::string path = scratch.path("store/facts.db");
    flipByte(path, contentOf(path).find("valueOf17"));
    const auto store = std::move(LogStore::open(scratch.path())).value();
    ASSERT_EQ(store->findings().size(), 1u);
    EXPECT_NE(store->findings()[0].message.find("\"key17\""), std::string::npos);
    EXPECT_EQ(store->withPrefix("key").size(), 49u);
}

TEST(LogRecovery, ARemovalCutOffIsFinished)
{
    const ScratchDirectory scratch;
    build(scratch, 10, 10, 10);
    const std::string path = scratch.segmentFiles().at(0), whole = contentOf(path);
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        ASSERT_TRUE(store->removeLog("n/s"));
    }
    overwrite(path, whole); // as if the crash had come before the file was removed
    const auto store = std::move(LogStore::open(scratch.path())).value();
    EXPECT_TRUE(store->logNames().empty());
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(LogRecovery, FilesThatAreNoneOfOursAreLeftAlone)
{
    const ScratchDirectory scratch;
    build(scratch, 10, 10, 10);
    for (const std::string name :
         {"notes.txt", "n~s.seg", "n~s.0000000000000000000x.seg", "n~~s.00000000000000000001.seg"}) {
        overwrite(scratch.path("store/logs/" + name), "mine");
    }
    EXPECT_EQ(reopen(scratch, 10).sequences, numbersBelow(10));
    EXPECT_EQ(contentOf(scratch.path("store/logs/notes.txt")), "mine");
    EXPECT_EQ(scratch.segmentFiles().size(), 5u);
}

TEST(LogRecovery, ManyFlippedBytesLoseOnlyTheRecordsTheyHit)
{
    const ScratchDirectory scratch;
    build(scratch, 5000, 4000, 500);
    const auto files = scratch.segmentFiles();
    std::vector<std::string> whole;
    for (const auto& file : files)
        whole.push_back(contentOf(file));
    for (std::uint64_t seed = 0; seed < 15; ++seed) {
        Random random(seed);
        std::vector<std::string> damaged = whole;
        for (std::uint64_t hits = 1 + random.below(30); hits > 0; --hits) {
            std::string& content = damaged[random.below(files.size())];
            const std::size_t byte =
                sizeof(SegmentFileHeader) + random.below(content.size() - sizeof(SegmentFileHeader));
            const std::size_t run =
                std::min<std::size_t>(1 + random.below(6000) / (1 + random.below(6000)), content.size() - byte);
            for (std::size_t i = byte; i < byte + run; ++i)
                content[i] = static_cast<char>(random.next());
        }
        std::set<std::uint64_t> expected;
        for (std::size_t i = 0; i < files.size(); ++i) {
            overwrite(files[i], damaged[i]);
            for (const std::size_t at : frameOffsets(whole[i])) {
                if (at == whole[i].size()) break;
                const FrameHeader header = frameHeaderAt(whole[i].data() + at);
                if (whole[i].compare(at, frameBytes(header), damaged[i], at, frameBytes(header)) == 0)
                    expected.insert(header.sequence);
            }
        }
        const Found found = reopen(scratch, 4000);
        ASSERT_EQ(found.sequences, expected) << "seed " << seed;
        ASSERT_GE(found.findings.size(), expected.size() < 5000 ? 1u : 0u);
    }
}

} // namespace
} // namespace streamwright
