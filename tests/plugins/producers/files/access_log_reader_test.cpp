// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "plugins/producers/files/access_log_reader.h"
#include "tests/plugins/producers/files/feed_reading.h"

namespace streamwright::producers {
namespace {

FeedReading log(const std::string& bytes) { return readBytes(bytes, {"x.log", "AccessLog", "host", "datetime"}); }

constexpr const char* kLine =
    R"(192.0.2.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif?x=1 HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en]")";

TEST(AccessLog, ALineBecomesAnObject)
{
    const auto got = log(std::string(kLine) + "\n");
    ASSERT_EQ(got.records.size(), 1u) << got.problems[0];
    EXPECT_EQ(got.records[0],
              R"({"host":"192.0.2.7","ident":null,"authuser":"frank","datetime":"2000-10-10T13:55:36-07:00",)"
              R"("request":"GET /a.gif?x=1 HTTP/1.0","method":"GET","path":"/a.gif?x=1","response":200,"bytes":2326,)"
              R"("referrer":"http://www.example.com/start.html","agent":"Mozilla/4.08 [en]"})");
    EXPECT_EQ(got.keys[0], "192.0.2.7");
    EXPECT_EQ(isoTime(got.times[0]), "2000-10-10T20:55:36.000Z");
}

TEST(AccessLog, TheCommonFormatHasNoReferrer)
{
    const auto got = log("192.0.2.1 id - [01/Feb/2024:00:00:00 +0530] \"-\" 408 -\n");
    ASSERT_EQ(got.records.size(), 1u) << got.problems[0];
    EXPECT_EQ(
        got.records[0],
        R"({"host":"192.0.2.1","ident":"id","authuser":null,"datetime":"2024-02-01T00:00:00+05:30","request":null,)"
        R"("method":null,"path":null,"response":408,"bytes":null})");
}

TEST(AccessLog, EscapedQuotesOddBytesAndMoreColumns)
{
    const auto got = log("192.0.2.1 - - [01/Feb/2024:00:00:00 +0000] \"GET /\\\"q\\\" HTTP/1.1\" 200 007 \"-\" "
                         "\"a\\\\b \\x16 \xFC\" 0.004 \"192.0.2.9\"\r\n");
    ASSERT_EQ(got.records.size(), 1u) << got.problems[0];
    const Json object = *parseJson(got.records[0]);
    EXPECT_EQ(object["path"], "/\"q\"");
    EXPECT_EQ(object["bytes"], 7);
    EXPECT_EQ(object["referrer"], nullptr);
    EXPECT_EQ(object["agent"], "a\\b \\x16 \xC3\xBC");
    EXPECT_EQ(object["rest"], "0.004 \"192.0.2.9\"");
}

TEST(AccessLog, ABrokenLineIsToldWithWhatIsMissing)
{
    const std::string good = kLine;
    const auto got =
        log("garbage\n" + good +
            "\n\nh i u [2000-10-10] \"GET / HTTP/1.0\" 200 1\nh i u [10/Oct/2000:13:55:36 -0700] GET 200 1\n"
            "h i u [10/Oct/2000:13:55:36 -0700] \"GET /\" abc 1\nh i u [10/Oct/2000:13:55:36 -0700] \"GET /\" 200 x\n" +
            good);
    EXPECT_EQ(got.records.size(), 2u);
    EXPECT_EQ(got.problems,
              (Texts{"x.log:1: not a line of an access log: it must begin with: host ident user [time]",
                     "x.log:4: not a line of an access log: the time must look like [10/Oct/2000:13:55:36 -0700]",
                     "x.log:5: not a line of an access log: the request must stand in quotes",
                     "x.log:6: not a line of an access log: the status must be a number",
                     "x.log:7: not a line of an access log: the size must be a number or \"-\""}));
}

TEST(AccessLog, TheSampleReadsWithoutAComplaint)
{
    auto feed = RecordFeed::open({"resources/datasets/access-sample.log", "Auto", "host", "datetime"});
    ASSERT_TRUE(feed) << feed.problem().text();
    EXPECT_EQ((*feed)->format(), FileFormat::AccessLog);
    const FeedReading got = readAll(**feed);
    EXPECT_EQ(got.records.size(), 200u);
    EXPECT_TRUE(got.problems.empty());
    for (const std::string& record : got.records)
        EXPECT_TRUE(parseJson(record)) << record;
    EXPECT_TRUE(looksLikeAccessLog(kLine));
    EXPECT_FALSE(looksLikeAccessLog("a,b,c"));
}

} // namespace
} // namespace streamwright::producers
