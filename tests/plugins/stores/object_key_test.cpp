// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/object_key.h"

#include <filesystem>
#include <rapidcheck/gtest.h>

namespace streamwright::stores {
namespace {

TEST(ObjectKey, OrdinaryKeysLookAsTheyAre)
{
    EXPECT_EQ(keyToPath("2018/08/27/10/s-1-2018-08-27-10-30-05-uuid.gz"),
              "2018/08/27/10/s-1-2018-08-27-10-30-05-uuid.gz");
    EXPECT_EQ(keyToPath("country=Österreich/a b+c.json"), "country=Österreich/a b+c.json");
}

TEST(ObjectKey, NoKeyLeavesTheFolder)
{
    EXPECT_EQ(keyToPath(".."), "%2E%2E");
    EXPECT_EQ(keyToPath("../../etc/passwd"), "%2E%2E/%2E%2E/etc/passwd");
    EXPECT_EQ(keyToPath("/etc/passwd"), "%-/etc/passwd");
    EXPECT_EQ(keyToPath("a/./b"), "a/%2E/b");
    EXPECT_EQ(keyToPath("a//b/"), "a/%-/b/%-");
    EXPECT_EQ(keyToPath(std::string_view("a\0b\n", 4)), "a%00b%0A");
    EXPECT_EQ(keyToPath("100%"), "100%25");
}

TEST(ObjectKey, LongSegmentsGoOnInFolders)
{
    const std::string key(1024, 'k');
    const std::string path = keyToPath(key);
    for (const auto& part : std::filesystem::path(path))
        EXPECT_LE(part.native().size(), 255u);
    EXPECT_EQ(pathToKey(path), key);
}

TEST(ObjectKey, KeysHave1To1024Bytes)
{
    EXPECT_FALSE(checkKey(""));
    EXPECT_TRUE(checkKey(std::string(1024, 'k')));
    const auto tooLong = checkKey(std::string(1025, 'k'));
    ASSERT_FALSE(tooLong);
    EXPECT_NE(tooLong.problem().message.find("1024"), std::string::npos);
}

TEST(ObjectKey, FilesThatNoKeyNamesAreNotObjects)
{
    for (const char* foreign : {"%incoming/7", "a%2", "a%zz", "%41", "a//b", "./a", "a/../b", "%"})
        EXPECT_FALSE(pathToKey(foreign)) << foreign;
    EXPECT_EQ(pathToKey("a%"), "a"); // the object "a" beside a folder "a"
}

RC_GTEST_PROP(ObjectKey, EveryKeyHasItsOwnPathBelowTheFolder, ())
{
    const auto letter = rc::gen::elementOf(std::string("./%-+a2E\x01\xC3\xB6\0", 13));
    const auto key = *rc::gen::nonEmpty(rc::gen::container<std::string>(letter));
    const std::string path = keyToPath(key);
    RC_ASSERT(pathToKey(path) == key);
    RC_ASSERT(pathToKey(path + '%') == key);
    const std::filesystem::path below(path);
    RC_ASSERT(below.is_relative());
    RC_ASSERT(path.find('\0') == std::string::npos);
    for (const auto& part : below)
        RC_ASSERT(part != ".." && part != "." && !part.empty());
}

} // namespace
} // namespace streamwright::stores
