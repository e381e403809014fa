// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <filesystem>

#include "core/base/file.h"
#include "tests/plugins/producers/files/feed_reading.h"

namespace streamwright::producers {
namespace {

std::string detected(const std::string& path, const std::string& bytes)
{
    auto feed = RecordFeed::open({path}, bytesOf(bytes, 5));
    if (!feed) return feed.problem().text();
    constexpr const char* kNames[] = {"JsonLines", "JsonArray", "CSV", "TSV", "AccessLog"};
    return kNames[static_cast<int>((*feed)->format())];
}

TEST(RecordFeed, TellsTheFormatByItsName)
{
    EXPECT_EQ(detected("a.JSONL", "[1]"), "JsonLines");
    EXPECT_EQ(detected("a.ndjson", "x"), "JsonLines");
    EXPECT_EQ(detected("a.csv", "x"), "CSV");
    EXPECT_EQ(detected("a.tsv", "x"), "TSV");
}

TEST(RecordFeed, TellsTheFormatByItsFirstBytes)
{
    EXPECT_EQ(detected("a.json", " [{\"a\":1}]"), "JsonArray");
    EXPECT_EQ(detected("a.json", "[\n{\"a\":1}\n]"), "JsonArray");
    EXPECT_EQ(detected("a.json", "[1,2]\n[3,4]\n"), "JsonLines");
    EXPECT_EQ(detected("a", "{\"a\":1}\n{\"a\":2}\n"), "JsonLines");
    EXPECT_EQ(detected("a", "{\"a\":1}"), "JsonLines");
    EXPECT_EQ(detected("a.txt", "a\tb\n"), "TSV");
    EXPECT_EQ(detected("a.txt", "a,b\n"), "CSV");
    EXPECT_EQ(detected("a.log", "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1\r\n"),
              "AccessLog");
    EXPECT_EQ(detected("a", "\xEF\xBB\xBF[1]"), "JsonArray");
}

TEST(RecordFeed, SaysWhatToDoWithAFileThatItCannotRead)
{
    EXPECT_EQ(detected("a.csv", ""), "a.csv: the file is empty");
    EXPECT_NE(detected("a.csv", "\x1F\x8B\x08").find("gunzip"), std::string::npos);
    EXPECT_NE(detected("a.json", "\xFF\xFE[").find("UTF-16"), std::string::npos);
    EXPECT_NE(detected("a", "hello world\n").find("set Format to JsonLines, JsonArray, CSV, TSV or AccessLog"),
              std::string::npos);
    EXPECT_NE(detected("a.json", "{\n \"features\": []\n}").find("one JSON object over several lines"),
              std::string::npos);
}

TEST(RecordFeed, MissingFilesAndFoldersAreProblemsWithTheirPath)
{
    const auto missing = RecordFeed::open({"no/such/file.csv"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.problem().place, "no/such/file.csv");
    EXPECT_EQ(missing.problem().code, ProblemCode::NotFound);
    const auto folder = RecordFeed::open({"resources/datasets"});
    ASSERT_FALSE(folder);
    EXPECT_NE(folder.problem().message.find("not a regular file"), std::string::npos);
}

TEST(RecordFeed, KeysMayBeTextNumbersAndNestedMembers)
{
    const std::string bytes = R"({"k":"a","n":{"k":5,"list":[true,1.5]},"n.k":"direct"})";
    EXPECT_EQ(readBytes(bytes, {"x", "JsonLines", "k"}).keys, (Texts{"a"}));
    EXPECT_EQ(readBytes(bytes, {"x", "JsonLines", "n.k"}).keys, (Texts{"direct"}));
    EXPECT_EQ(readBytes(R"({"n":{"k":5}})", {"x", "JsonLines", "n.k"}).keys, (Texts{"5"}));
    EXPECT_EQ(readBytes(bytes, {"x", "JsonLines", "n.list.0"}).keys, (Texts{"true"}));
    EXPECT_EQ(readBytes(bytes, {"x", "JsonLines", "n.list.1"}).keys, (Texts{"1.5"}));
    EXPECT_EQ(readBytes(R"({"k":18446744073709551615})", {"x", "JsonLines", "k"}).keys,
              (Texts{"18446744073709551615"}));
}

TEST(RecordFeed, ARecordWithoutItsKeyOrTimeIsMalformed)
{
    const auto keys =
        readBytes("{\"k\":1}\n{\"x\":1}\n{\"k\":null}\n{\"k\":{}}\n[1]\n{\"k\":2}\n", {"x", "JsonLines", "k"});
    EXPECT_EQ(keys.keys, (Texts{"1", "2"}));
    ASSERT_EQ(keys.problems.size(), 4u);
    EXPECT_EQ(keys.problems[0], "x:2: the record has no text or number \"k\" (PartitionKey)");
    const auto times = readBytes("t\nyesterday\n1700000000\n", {"x", "CSV", "", "t"});
    EXPECT_EQ(times.problems, (Texts{"x:2: the record has no time \"t\" that can be read (Timestamp)"}));
    EXPECT_EQ(times.times, (std::vector<Time>{Time(seconds(1'700'000'000))}));
}

TEST(RecordFeed, MemoryDoesNotGrowWithTheFileInAnyFormat)
{
    const std::pair<const char*, const char*> formats[] = {
        {"JsonLines", "{\"a\":\"some twenty bytes\"}\n"},
        {"JsonArray", "{\"a\": \"some twenty bytes\"},\n"},
        {"CSV", "1,\"some, twenty\nbytes\"\n"},
        {"TSV", "1\tsome twenty bytes\n"},
        {"AccessLog", "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1\n"}};
    for (const auto& [format, record] : formats) {
        const bool isTable = format == std::string("CSV") || format == std::string("TSV");
        std::string bytes = format == std::string("JsonArray") ? "["
                            : format == std::string("CSV")     ? "a,b\n"
                            : isTable                          ? "a\tb\n"
                                                               : "";
        for (int i = 0; i < 50'000; ++i)
            bytes += record;
        auto feed = RecordFeed::open({"x", format}, bytesOf(std::move(bytes)));
        ASSERT_TRUE(feed);
        EXPECT_EQ(readAll(**feed).records.size(), 50'000u) << format;
        EXPECT_LT((*feed)->memory(), 300'000u) << format;
    }
}

TEST(RecordFeed, RewindReadsTheFileAgain)
{
    const std::string path =
        (std::filesystem::temp_directory_path() / ("feed-" + std::to_string(::getpid()) + ".csv")).string();
    ASSERT_TRUE(writeFileAtomically(path, "a\n1\n2\n"));
    auto feed = RecordFeed::open({path});
    ASSERT_TRUE(feed);
    const Texts first = readAll(**feed).records;
    (*feed)->rewind();
    EXPECT_EQ(readAll(**feed).records, first);
    EXPECT_EQ(first, (Texts{"{\"a\":1}", "{\"a\":2}"}));
    std::filesystem::remove(path);
}

// Gives its bytes and then fails.
class FailingBytes : public ByteSource {
public:
    explicit FailingBytes(std::string_view bytes) : bytes_(bytes) { }
    Result<std::size_t> read(char* into, std::size_t) override
    {
        if (std::exchange(given_, true)) return Problem{ProblemCode::Io, "cannot read: the disk is gone", "x"};
        std::copy(bytes_.begin(), bytes_.end(), into);
        return bytes_.size();
    }
    Result<void> rewind() override
    {
        given_ = false;
        return {};
    }

private:
    const std::string_view bytes_;
    bool given_ = false;
};

TEST(RecordFeed, AFileThatCannotBeReadOnSaysSo)
{
    const std::pair<const char*, const char*> files[] = {{"JsonLines", "{\"a\":1}\n{\"a\":"},
                                                         {"JsonArray", "[{\"a\":1},{\"a\":"},
                                                         {"CSV", "a\n1\n\"2"},
                                                         {"AccessLog", "x"}};
    for (const auto& [format, bytes] : files) {
        auto feed = RecordFeed::open({"x", format}, std::make_unique<FailingBytes>(bytes));
        ASSERT_TRUE(feed);
        EXPECT_EQ(readAll(**feed).problems, (Texts{"x: cannot read: the disk is gone"})) << format;
    }
}

} // namespace
} // namespace streamwright::producers
