// SPDX-License-Identifier: GPL-3.0-or-later
// Pins the bytes on disk to what FORMAT.md says: a change here is a new version of the format.
#include "core/log/log_name.h"
#include "core/log/log_store.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright {
namespace {

std::string hex(std::string_view bytes)
{
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

TEST(LogFormat, BytesOnDiskAreAsDocumented)
{
    const ScratchDirectory scratch;
    {
        const auto store = std::move(LogStore::open(scratch.path())).value();
        const auto log = std::move(store->log("node/shard-1")).value();
        ASSERT_TRUE(log->append({.key = "k", .data = "data", .extra = "x!", .time = Time(Duration(0x0102030405))}));
        ASSERT_TRUE(log->append({.data = "12345678", .time = Time(Duration(0x0102030406))}));
        ASSERT_TRUE(store->commit());
    }
    EXPECT_EQ(contentOf(scratch.path("store/FORMAT")), "streamwright data, format 1\n");
    ASSERT_EQ(scratch.segmentFiles(),
              std::vector<std::string>{scratch.path("store/logs/node~shard-1.00000000000000000000.seg")});
    EXPECT_EQ(hex(contentOf(scratch.segmentFiles()[0])),
              "53574c4f47534547" // SWLOGSEG
              "01000000" // version
              "e0d429ec" // CRC-32C
              "0000000000000000" // first sequence number
              "0000000000000000" // mark
              "b569cf5d" // CRC-32C
              "010000000400000002000000" // sizes of key, data and extra
              "0504030201000000" // time
              "0000000000000000" // sequence number
              "6b6461746178" // k data x
              "2100" // ! and padding
              "08740184"
              "000000000800000000000000"
              "0604030201000000"
              "0100000000000000"
              "3132333435363738");
}

TEST(LogFormat, FileNamesAndLogNamesMapOneToOne)
{
    const std::string path = segmentPath(segmentPathPrefix("logs", "a/b.c/d"), 18'446'744'073'709'551'615u);
    EXPECT_EQ(path, "logs/a~b.c~d.18446744073709551615.seg");
    const auto parsed = parseSegmentFileName("a~b.c~d.18446744073709551615.seg");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->log, "a/b.c/d");
    EXPECT_EQ(parsed->firstSequence, 18'446'744'073'709'551'615u);
    for (const std::string other :
         {"a.18446744073709551616.seg", "a.0.seg", ".00000000000000000000.seg", "a b.00000000000000000000.seg",
          "a.00000000000000000000.tmp", "a-00000000000000000000.seg", "a.+0000000000000000001.seg"}) {
        EXPECT_FALSE(parseSegmentFileName(other)) << other;
    }
}

} // namespace
} // namespace streamwright
