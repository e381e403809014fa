// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_text.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/session/record_export.h"
#include "app/session/record_place.h"
#include "app/session/record_search.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/json_nesting.h"

namespace streamwright {

namespace {

const Time kStart(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));

// Rows begin .. begin + count, one a second, in two parts by turns.
class Rows : public BrowseView {
public:
    Rows(std::uint64_t begin, std::uint64_t count) : begin_(begin), count_(count) { }
    std::uint64_t count() const override { return count_; }
    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount) const override
    {
        std::vector<BrowseRow> rows;
        for (; index < count_ && rows.size() < most; ++index) {
            const std::uint64_t number = begin_ + index;
            rows.push_back({.time = kStart + seconds(static_cast<std::int64_t>(number / 4)), // four of the same time
                            .part = number % 2 ? "odd" : "even",
                            .sequence = std::to_string(number),
                            .position = number / 2,
                            .key = "k" + std::to_string(number % 10),
                            .size = 2,
                            .data = "{}"});
        }
        return rows;
    }
    std::uint64_t indexAt(Time t) const override
    {
        const std::int64_t number = 4 * std::chrono::ceil<std::chrono::seconds>(t - kStart).count();
        return std::clamp<std::int64_t>(number - static_cast<std::int64_t>(begin_), 0,
                                        static_cast<std::int64_t>(count_));
    }
    Result<BrowseContent> content(std::uint64_t, ByteCount) const override { return BrowseContent{}; }

private:
    const std::uint64_t begin_, count_;
};

} // namespace

TEST(RecordText, TheFormThatFits)
{
    EXPECT_EQ(formOf(R"( {"a": 1})"), RecordForm::Json);
    EXPECT_EQ(formOf("[1, 2]"), RecordForm::Json);
    EXPECT_EQ(formOf("{torn"), RecordForm::Text);
    EXPECT_EQ(formOf("17"), RecordForm::Text);
    EXPECT_EQ(formOf("grün\tund\r\nblau"), RecordForm::Text);
    EXPECT_EQ(formOf(""), RecordForm::Text);
    EXPECT_EQ(formOf(std::string("a\0b", 3)), RecordForm::Bytes);
    EXPECT_EQ(formOf("\xC3"), RecordForm::Bytes); // half a character
    EXPECT_EQ(formOf("\xED\xA0\x80"), RecordForm::Bytes); // half a surrogate pair
}

TEST(RecordText, PreviewIsOneLineOfWholeCharacters)
{
    EXPECT_EQ(previewOf("a\nb\tc", 10), "a b c");
    EXPECT_EQ(previewOf("grün", 3), "grü");
    EXPECT_EQ(previewOf("a\xFFz", 10), "a·z");
}

TEST(RecordText, HexDumpHasSixteenBytesALine)
{
    EXPECT_EQ(hexDump("ABCDEFGHIJKLMNOP\x01"),
              "00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  |ABCDEFGHIJKLMNOP|\n"
              "00000010  01" +
                  std::string(48, ' ') + "|.|\n");
}

TEST(RecordText, LinesOfJsonKeepWhatTheDataIs)
{
    BrowseRow row{.time = kStart, .part = "p", .sequence = "7", .key = "k", .size = 7, .data = R"({"a":1})"};
    row.attributes = {{"n", "v"}};
    const Json json = Json::parse(jsonLine(row));
    EXPECT_EQ(json["data"]["a"], 1);
    EXPECT_EQ(json["attributes"]["n"], "v");
    row.data = "plain";
    EXPECT_EQ(Json::parse(jsonLine(row))["data"], "plain");
    row.data = std::string("\0\xFFz", 3);
    EXPECT_EQ(Json::parse(jsonLine(row))["dataBase64"], "AP96");
    row.data = std::string("\0\xFF", 2);
    EXPECT_EQ(Json::parse(jsonLine(row))["dataBase64"], "AP8=");
    EXPECT_EQ(jsonLine(row).find('\n'), jsonLine(row).size() - 1);
}

TEST(RecordText, CsvQuotesWhatMustBeQuoted)
{
    const BrowseRow row{.time = kStart, .part = "p", .sequence = "7", .key = "a,b", .size = 9, .data = "say \"hi\"\n"};
    EXPECT_EQ(csvLine(row), "2026-01-01T00:00:00.000Z,p,7,\"a,b\",9,\"say \"\"hi\"\"\n\"\r\n");
}

TEST(RecordExport, TheFileAppearsWhenItIsComplete)
{
    const std::string path = testing::TempDir() + "/record_export_test.csv";
    std::filesystem::remove(path);
    const BrowseRow row{.time = kStart, .part = "p", .sequence = "7", .key = "k", .size = 1, .data = "x"};
    {
        auto file = RecordExport::open(path);
        ASSERT_TRUE(file);
        ASSERT_TRUE((*file)->write(row));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path + ".unfinished"));
    auto file = RecordExport::open(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->write(row));
    ASSERT_TRUE((*file)->finish());
    EXPECT_EQ(*readFile(path), std::string(csvHead()) + csvLine(row));
    EXPECT_FALSE(RecordExport::open("/nowhere/at/all.csv"));
}

TEST(RecordText, JsonThatNestsWithoutEndIsText)
{
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    EXPECT_EQ(formOf(nested(kMostJsonNesting)), RecordForm::Json);
    EXPECT_EQ(formOf(nested(kMostJsonNesting + 1)), RecordForm::Text);
    EXPECT_EQ(formOf("{\"a\": \"\\\"" + std::string(1000, '[') + "\"}"), RecordForm::Json);
    const std::string deep = nested(100'000);
    BrowseRow record;
    record.data = deep;
    EXPECT_EQ(Json::parse(jsonLine(record))["data"], deep);
}

TEST(RecordPlace, TimesAndNumbers)
{
    const Time now = kStart + seconds(90'000); // on the second day
    const auto timeOf = [&](std::string_view text) {
        const auto place = parseRecordPlace(text, kStart, now);
        return place ? isoTime(std::get<Time>(*place)) : place.problem().message;
    };
    EXPECT_EQ(timeOf("00:05"), "2026-01-02T00:05:00.000Z");
    EXPECT_EQ(timeOf("1:05:12.5"), "2026-01-02T01:05:12.500Z");
    EXPECT_EQ(timeOf("+90s"), "2026-01-01T00:01:30.000Z");
    EXPECT_EQ(timeOf("2026-01-01T10:00:00Z"), "2026-01-01T10:00:00.000Z");
    EXPECT_EQ(std::get<std::uint64_t>(*parseRecordPlace("#1200", kStart, now)), 1200u);
    EXPECT_EQ(std::get<std::uint64_t>(*parseRecordPlace("7", kStart, now)), 7u);
    for (const char* text : {"", "#", "#0", "soon", "25:00", "+", "1:2:3:4", "99999999999999999999999"})
        EXPECT_FALSE(parseRecordPlace(text, kStart, now)) << text;
}

TEST(RecordSearch, FindsInSlicesFromEitherEnd)
{
    const auto view = std::make_shared<Rows>(0, 1000);
    for (const bool newestFirst : {false, true}) {
        RecordSearch search(view, *RecordFilter::parse("key = k3"), 100, 1000, newestFirst);
        std::vector<std::uint64_t> found;
        while (!search.done()) {
            const std::uint64_t before = search.searched();
            for (const std::uint64_t at : search.run(std::chrono::microseconds(0)))
                found.push_back(at);
            EXPECT_GT(search.searched(), before);
        }
        ASSERT_EQ(found.size(), 90u);
        EXPECT_EQ(found.front(), newestFirst ? 993u : 103u);
        EXPECT_EQ(found.back(), newestFirst ? 103u : 993u);
        EXPECT_EQ(search.searched(), 900u);
    }
}

TEST(BrowseShift, TellsWhatLeftAndWhatCame)
{
    const auto shift = shiftBetween(Rows(10, 500), Rows(60, 600));
    EXPECT_TRUE(shift.inOrder);
    EXPECT_EQ(shift.left, 50u);
    EXPECT_EQ(shift.added, 150u);
    EXPECT_EQ(shiftBetween(Rows(10, 0), Rows(10, 5)).added, 5u);
    EXPECT_EQ(shiftBetween(Rows(10, 5), Rows(15, 0)).left, 5u);
    const auto same = shiftBetween(Rows(10, 5), Rows(10, 5));
    EXPECT_TRUE(same.inOrder && same.left == 0 && same.added == 0);
    EXPECT_FALSE(shiftBetween(Rows(10, 500), Rows(10, 400)).inOrder); // newer ones have gone
}

TEST(RowsAt, KeepsTheOrderThatWasAskedFor)
{
    const Rows view(0, 100);
    const std::vector<std::uint64_t> indices = {5, 6, 7, 50, 40, 39, 38, 2};
    const auto rows = rowsAt(view, indices, ByteCount(0));
    ASSERT_EQ(rows.size(), indices.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows[i].sequence, std::to_string(indices[i]));
}

} // namespace streamwright
