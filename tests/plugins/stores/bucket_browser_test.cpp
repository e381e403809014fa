// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into a bucket: its objects by time, their bytes decompressed.
#include "plugins/stores/bucket_browser.h"

#include "core/record/decompress.h"
#include "plugins/stores/memory_store.h"

namespace streamwright::stores {
namespace {

const Time kStart{seconds(1'700'000'000)};
// printf 'hello hello hello' | gzip -n
const std::string
    kGzip("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x00\x80\x88\xf9\xe5"
          "\x11\x00\x00\x00",
          28);

struct Store {
    Store()
        : bucket(std::make_shared<Bucket>(std::make_unique<MemoryStore>(ByteCount::mib(1)), FaultPlan(Json::array()),
                                          kStart, 1))
    {
    }
    void put(const std::string& key, std::string_view bytes, Duration at)
    {
        ASSERT_TRUE(bucket->put(key, {bytes, nullptr}, kStart + at));
    }
    std::shared_ptr<Bucket> bucket;
};

TEST(BucketBrowser, ObjectsComeByTheTimeTheyWereStored)
{
    Store store;
    store.put("b/2", "second", seconds(2));
    store.put("a/1", "first", seconds(1));
    store.put("b/3", "third", seconds(3));
    const BucketBrowser browser(store.bucket);
    EXPECT_EQ(browser.parts().front().records, 3u);
    const auto view = browser.view("", kStart);
    const auto rows = view->rows(0, 10, ByteCount(10));
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].key, "a/1");
    EXPECT_EQ(rows[2].key, "b/3");
    EXPECT_EQ(rows[2].size, 5u);
    EXPECT_EQ(view->indexAt(kStart + seconds(2)), 1u);
    EXPECT_EQ(view->content(1, ByteCount(3))->plain, "sec");
    EXPECT_TRUE(view->content(1, ByteCount(3))->cut);
    EXPECT_FALSE(view->content(3, ByteCount(3)));
    const auto load = browser.explainLoad("", kStart, kStart + seconds(10));
    EXPECT_EQ(load->keys.front().key, "b/");
}

TEST(BucketBrowser, GzipIsOpened)
{
    Store store;
    store.put("a.gz", kGzip, seconds(1));
    const auto content = BucketBrowser(store.bucket).view("", kStart)->content(0, ByteCount(100));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->format, "GZIP");
    EXPECT_EQ(content->plain, "hello hello hello");
    EXPECT_EQ(content->stored, kGzip);
    EXPECT_FALSE(content->cut);
}

TEST(Decompress, IsBoundedAndTakesDamageForWhatItIs)
{
    const Decompressed bounded = decompress(kGzip, ByteCount(5));
    EXPECT_EQ(bounded.plain, "hello");
    EXPECT_TRUE(bounded.cut);
    EXPECT_FALSE(bounded.damaged);
    EXPECT_FALSE(decompress(kGzip, ByteCount(100)).damaged);
    EXPECT_EQ(decompress(std::string_view(kGzip).substr(0, 12), ByteCount(100)).format, "GZIP");
    for (std::size_t size = 2; size < kGzip.size(); ++size)
        EXPECT_TRUE(decompress(std::string_view(kGzip).substr(0, size), ByteCount(100)).damaged) << size;
    std::string wrong = kGzip;
    wrong[wrong.size() - 8] ^= 1; // of the checksum
    EXPECT_TRUE(decompress(wrong, ByteCount(100)).damaged);
    EXPECT_EQ(decompress("\x1f\x8b nonsense", ByteCount(100)).plain, "");
    EXPECT_EQ(decompress("plain text", ByteCount(5)).plain, "plain");
    EXPECT_EQ(decompress("", ByteCount(5)).plain, "");
    EXPECT_EQ(decompress(std::string(12, '\0'), ByteCount(50)).format, "");
}

} // namespace
} // namespace streamwright::stores
