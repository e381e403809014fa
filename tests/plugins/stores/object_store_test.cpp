// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <rapidcheck/gtest.h>

#include "core/base/digest.h"
#include "plugins/stores/directory_store.h"
#include "plugins/stores/memory_store.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright::stores {
namespace {

const Time kStart = Time(seconds(1'700'000'000));

ObjectBytes bytes(std::string text)
{
    const auto owner = std::make_shared<std::string>(std::move(text));
    return {*owner, owner};
}

std::vector<std::string> keys(const ObjectStore& store, std::string_view prefix = {}, std::string_view after = {},
                              std::size_t maximum = 1000)
{
    std::vector<std::string> found;
    const auto list = store.list(prefix, after, maximum);
    EXPECT_TRUE(list);
    for (const ObjectInfo& info : list.value())
        found.push_back(info.key);
    return found;
}

struct Stores {
    ScratchDirectory folder{ScratchDirectory::Place::Quick};
    std::unique_ptr<DirectoryStore> directory = DirectoryStore::open(folder.path("bucket")).value();
    MemoryStore memory{ByteCount::mib(1)};
    std::vector<ObjectStore*> all{directory.get(), &memory};
};

TEST(ObjectStore, GivesBackWhatWasPut)
{
    Stores stores;
    for (ObjectStore* store : stores.all) {
        ASSERT_TRUE(store->put("2026/01/a.gz", bytes("first"), kStart));
        ASSERT_TRUE(store->put("empty", bytes(""), kStart + seconds(1)));
        EXPECT_EQ(store->read("2026/01/a.gz").value(), "first");
        EXPECT_EQ(store->read("empty").value(), "");
        const auto info = store->find("2026/01/a.gz");
        ASSERT_TRUE(info);
        EXPECT_EQ(info->size, ByteCount(5));
        EXPECT_EQ(info->stored, kStart);
        EXPECT_EQ(info->md5, md5Hex("first"));
        EXPECT_EQ(store->totals().objects, 2u);
        EXPECT_EQ(store->totals().size, ByteCount(5));
        EXPECT_EQ(store->find("absent").problem().code, ProblemCode::NotFound);
        EXPECT_EQ(store->read("2026/01").problem().code, ProblemCode::NotFound);
    }
}

TEST(ObjectStore, APutReplacesTheObjectOfItsKey)
{
    Stores stores;
    for (ObjectStore* store : stores.all) {
        ASSERT_TRUE(store->put("k", bytes("long ago"), kStart));
        ASSERT_TRUE(store->put("k", bytes("now"), kStart + seconds(9)));
        EXPECT_EQ(store->read("k").value(), "now");
        EXPECT_EQ(store->totals().objects, 1u);
        EXPECT_EQ(store->totals().size, ByteCount(3));
    }
}

TEST(ObjectStore, AnObjectAndAFolderMayShareAName)
{
    for (const bool objectFirst : {true, false}) {
        Stores stores;
        for (ObjectStore* store : stores.all) {
            ASSERT_TRUE(store->put(objectFirst ? "a" : "a/b", bytes("1"), kStart));
            ASSERT_TRUE(store->put(objectFirst ? "a/b" : "a", bytes("2"), kStart));
            EXPECT_EQ(store->read("a").value(), objectFirst ? "1" : "2");
            EXPECT_EQ(store->read("a/b").value(), objectFirst ? "2" : "1");
            ASSERT_TRUE(store->put("a", bytes("3"), kStart));
            EXPECT_EQ(store->read("a").value(), "3");
            EXPECT_EQ(keys(*store), (std::vector<std::string>{"a", "a/b"}));
            EXPECT_EQ(store->totals().objects, 2u);
        }
    }
}

TEST(ObjectStore, ListsInTheOrderOfTheKeysBytesByPrefixAndPage)
{
    Stores stores;
    for (ObjectStore* store : stores.all) {
        for (const char* key : {"b", "a/2", "a/1", "a-0", "a%x", "a/b/c", "..", "/x", "A"})
            ASSERT_TRUE(store->put(key, bytes(key), kStart));
        EXPECT_EQ(keys(*store), (std::vector<std::string>{"..", "/x", "A", "a%x", "a-0", "a/1", "a/2", "a/b/c", "b"}));
        EXPECT_EQ(keys(*store, "a/"), (std::vector<std::string>{"a/1", "a/2", "a/b/c"}));
        EXPECT_EQ(keys(*store, "a/", "", 2), (std::vector<std::string>{"a/1", "a/2"}));
        EXPECT_EQ(keys(*store, "a/", "a/2", 2), (std::vector<std::string>{"a/b/c"}));
        EXPECT_EQ(keys(*store, "/"), (std::vector<std::string>{"/x"}));
        EXPECT_EQ(keys(*store, "a/b"), (std::vector<std::string>{"a/b/c"}));
        EXPECT_TRUE(keys(*store, "zz/y").empty());
    }
}

RC_GTEST_PROP(ObjectStore, TheFolderHoldsWhatMemoryHolds, ())
{
    Stores stores;
    const auto letter = rc::gen::elementOf(std::string("./%a"));
    // Few of them: every put is synced.
    const auto name = rc::gen::resize(6, rc::gen::nonEmpty(rc::gen::container<std::string>(letter)));
    const auto names = *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(name));
    for (std::size_t i = 0; i < names.size(); ++i)
        for (ObjectStore* store : stores.all)
            RC_ASSERT(store->put(names[i], bytes(std::to_string(i)), kStart));
    RC_ASSERT(keys(*stores.directory) == keys(stores.memory));
    for (const auto& name : names)
        RC_ASSERT(stores.directory->read(name).value() == stores.memory.read(name).value());
    RC_ASSERT(stores.directory->totals().objects == stores.memory.totals().objects);
    RC_ASSERT(stores.directory->totals().size == stores.memory.totals().size);
}

TEST(MemoryStore, KeepsTheNewestBytesUpToItsBoundAndTheNamesOfAll)
{
    MemoryStore store(ByteCount(10));
    for (const char* key : {"1", "2", "3", "4"})
        ASSERT_TRUE(store.put(key, bytes(std::string(4, *key)), kStart));
    EXPECT_EQ(store.totals().forgotten, 2u);
    EXPECT_EQ(store.totals().objects, 4u);
    EXPECT_EQ(store.totals().size, ByteCount(16));
    EXPECT_EQ(store.read("4").value(), "4444");
    EXPECT_EQ(store.read("3").value(), "3333");
    const auto forgotten = store.read("2");
    ASSERT_FALSE(forgotten);
    EXPECT_NE(forgotten.problem().message.find("KeepMegabytes"), std::string::npos);
    EXPECT_EQ(store.find("1")->md5, md5Hex("1111"));
    EXPECT_EQ(store.find("1")->size, ByteCount(4));
    ASSERT_TRUE(store.put("1", bytes("new!"), kStart)); // replaces a forgotten one, pushes "3" out
    EXPECT_EQ(store.read("1").value(), "new!");
    EXPECT_EQ(store.totals().forgotten, 2u);
    EXPECT_FALSE(store.read("3"));
}

TEST(MemoryStore, SharesTheBytesAndLetsGoOfForgottenOnes)
{
    MemoryStore store(ByteCount(4));
    const auto owner = std::make_shared<std::string>("1234");
    ASSERT_TRUE(store.put("a", {*owner, owner}, kStart));
    EXPECT_EQ(owner.use_count(), 2);
    ASSERT_TRUE(store.put("b", bytes("5"), kStart));
    EXPECT_EQ(owner.use_count(), 1);
}

TEST(DirectoryStore, FindsItsObjectsAgainAfterARestart)
{
    ScratchDirectory folder;
    {
        const auto store = DirectoryStore::open(folder.path("deep/down/bucket")).value();
        ASSERT_TRUE(store->put("x/y", bytes("kept"), kStart));
    }
    const auto again = DirectoryStore::open(folder.path("deep/down/bucket")).value();
    EXPECT_EQ(again->totals().objects, 1u);
    EXPECT_EQ(again->totals().size, ByteCount(4));
    EXPECT_EQ(again->read("x/y").value(), "kept");
    EXPECT_EQ(again->find("x/y")->stored, kStart);
}

TEST(DirectoryStore, WhatAnInterruptedPutLeftIsNoObjectAndGoesAtTheNextStart)
{
    ScratchDirectory folder;
    {
        const auto store = DirectoryStore::open(folder.path("")).value();
    }
    std::ofstream(folder.path("%incoming/1")) << "torn";
    const auto store = DirectoryStore::open(folder.path("")).value();
    EXPECT_EQ(store->totals().objects, 0u);
    EXPECT_FALSE(std::filesystem::exists(folder.path("%incoming/1")));
}

TEST(DirectoryStore, TwoBucketsCannotShareAFolder)
{
    ScratchDirectory folder;
    const auto store = DirectoryStore::open(folder.path("")).value();
    const auto second = DirectoryStore::open(folder.path(""));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.problem().code, ProblemCode::Conflict);
    EXPECT_EQ(second.problem().place, folder.path(""));
}

TEST(DirectoryStore, AFolderThatCannotBeMadeIsAClearProblem)
{
    ScratchDirectory folder;
    std::ofstream(folder.path("file")) << "in the way";
    const auto store = DirectoryStore::open(folder.path("file/bucket"));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.problem().place, folder.path("file/bucket"));
    EXPECT_NE(store.problem().message.find("cannot make the folder"), std::string::npos);
}

TEST(DirectoryStore, AFailedPutLeavesTheOldObject)
{
    ScratchDirectory folder;
    const auto store = DirectoryStore::open(folder.path("")).value();
    ASSERT_TRUE(store->put("k", bytes("old"), kStart));

    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto put = store->put("k", bytes(std::string(1000, 'x')), kStart);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);

    ASSERT_FALSE(put);
    EXPECT_EQ(store->read("k").value(), "old");
    EXPECT_EQ(store->totals().size, ByteCount(3));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path("%incoming")));
}

TEST(DirectoryStore, AFullDiskIsSaidWithItsRemedy)
{
    ScratchDirectory folder;
    if (::mount("tmpfs", folder.path("").c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "only root may mount a small disk";
    {
        const auto store = DirectoryStore::open(folder.path("bucket")).value();
        ASSERT_TRUE(store->put("small", bytes("1"), kStart));
        const auto put = store->put("large", bytes(std::string(1 << 20, 'x')), kStart);
        ASSERT_FALSE(put);
        EXPECT_EQ(put.problem().code, ProblemCode::DiskFull);
        EXPECT_NE(put.problem().message.find("free some space"), std::string::npos);
        EXPECT_EQ(keys(*store), std::vector<std::string>{"small"});
    }
    ::umount(folder.path("").c_str());
}

} // namespace
} // namespace streamwright::stores
