// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/autosave.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/file.h"
#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

namespace fs = std::filesystem;

class AutosaveTest : public testing::Test {
protected:
    AutosaveTest() : folder(fs::temp_directory_path() / ("autosave-test-" + std::to_string(::getpid()))) { }
    ~AutosaveTest() override { fs::remove_all(folder); }

    // Locks left out.
    std::size_t files() const
    {
        if (!fs::exists(folder)) return 0;
        return static_cast<std::size_t>(
            std::count_if(fs::directory_iterator(folder), fs::directory_iterator(),
                          [](const fs::directory_entry& entry) { return entry.path().extension() != ".lock"; }));
    }
    // Another process edits, keeps its work and dies without cleaning up.
    void crash(const std::string& name, const std::string& path = {})
    {
        const pid_t child = ::fork();
        if (child == 0) {
            Document document(kinds());
            if (!path.empty() && !(fs::exists(path) ? document.open(path) : document.save(path))) ::_exit(2);
            document.edit("Draw", [&](Pipeline& pipeline) {
                pipeline = clickstream();
                pipeline.name = name;
            });
            auto* autosave = new Autosave(document, folder.string()); // never destroyed, as in a crash
            ::_exit(autosave->keep() ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_EQ(status, 0);
    }

    const fs::path folder;
    Document document{kinds()};
};

TEST_F(AutosaveTest, KeepsUnsavedWorkOnly)
{
    Autosave autosave(document, folder.string());
    ASSERT_TRUE(autosave.keep());
    EXPECT_EQ(files(), 0u);
    document.edit("Draw", [](Pipeline& pipeline) { pipeline = clickstream(); });
    ASSERT_TRUE(autosave.keep());
    EXPECT_EQ(files(), 1u);
    EXPECT_TRUE(autosave.leftovers().empty()); // its own is nobody's leftover
    ASSERT_TRUE(document.save((folder / "drawing.json").string()));
    ASSERT_TRUE(autosave.keep());
    EXPECT_FALSE(fs::exists(autosave.file()));
}

TEST_F(AutosaveTest, ACleanExitLeavesNothing)
{
    document.edit("Draw", [](Pipeline& pipeline) { pipeline = clickstream(); });
    {
        Autosave autosave(document, folder.string());
        ASSERT_TRUE(autosave.keep());
        EXPECT_EQ(files(), 1u);
    }
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(AutosaveTest, WorkOfACrashedProcessIsRecovered)
{
    fs::create_directories(folder);
    const std::string path = (folder / "drawing.json").string();
    crash("lost", path);
    Autosave autosave(document, folder.string());
    const auto left = autosave.leftovers();
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].name, "lost");
    EXPECT_EQ(left[0].path, path);
    EXPECT_GT(left[0].savedAt, 0);
    ASSERT_TRUE(autosave.recover(left[0], document));
    EXPECT_EQ(document.pipeline().name, "lost");
    EXPECT_EQ(document.pipeline().nodes.size(), 5u);
    EXPECT_EQ(document.path(), path);
    EXPECT_TRUE(document.modified());
    EXPECT_TRUE(fs::exists(left[0].file)); // until this process keeps its own copy
    ASSERT_TRUE(autosave.keep());
    EXPECT_FALSE(fs::exists(left[0].file));
    EXPECT_TRUE(fs::exists(autosave.file()));
}

TEST_F(AutosaveTest, ADamagedFileIsStillKeptAfterARecovery)
{
    fs::create_directories(folder);
    const std::string path = (folder / "drawing.json").string(), damaged = R"({"streamwright": 1, "nodes": [7]})";
    std::ofstream(path) << damaged;
    crash("mended", path);
    Autosave autosave(document, folder.string());
    ASSERT_EQ(autosave.leftovers().size(), 1u);
    const auto unread = autosave.recover(autosave.leftovers()[0], document);
    ASSERT_TRUE(unread);
    EXPECT_TRUE(unread->empty());
    EXPECT_TRUE(document.damaged());
    ASSERT_TRUE(document.save());
    EXPECT_EQ(*readFile(path + ".damaged"), damaged);
}

TEST_F(AutosaveTest, WorkThatCannotAllBeReadStaysWhereItIs)
{
    fs::create_directories(folder);
    const std::string path = (folder / "drawing.json").string();
    ASSERT_TRUE(document.save(path));
    std::ofstream(folder / "1-2-3.recovery")
        << Json{{"path", path}, {"drawing", R"({"streamwright": 1, "name": "half", "nodes": [7]})"}}.dump();
    Autosave autosave(document, folder.string());
    const auto left = autosave.leftovers();
    ASSERT_EQ(left.size(), 1u);
    const auto unread = autosave.recover(left[0], document);
    ASSERT_TRUE(unread);
    EXPECT_EQ(unread->size(), 1u);
    EXPECT_EQ(document.pipeline().name, "half");
    ASSERT_TRUE(autosave.keep());
    EXPECT_TRUE(fs::exists(left[0].file));
    ASSERT_TRUE(document.save());
    EXPECT_TRUE(fs::exists(path + ".damaged")); // the half does not take the place of the whole without a trace
}

TEST_F(AutosaveTest, ACopyIsWrittenOnAnotherThreadWhileTheDrawingGoesOn)
{
    crash("lost");
    Autosave autosave(document, folder.string());
    document.edit("Name", [](Pipeline& pipeline) { pipeline.name = "first"; });
    const auto copy = autosave.take();
    ASSERT_TRUE(copy);
    bool written = false;
    std::thread writer([&] { written = static_cast<bool>(autosave.write(*copy)); });
    document.edit("Name", [](Pipeline& pipeline) { pipeline.name = "second"; });
    ASSERT_TRUE(autosave.recover(autosave.leftovers()[0], document)); // comes after the copy was taken
    writer.join();
    ASSERT_TRUE(written);
    autosave.written(*copy);
    EXPECT_NE(readFile(autosave.file())->find("first"), std::string::npos);
    EXPECT_EQ(autosave.leftovers().size(), 1u); // what the copy does not hold is not thrown away
    ASSERT_TRUE(autosave.keep()); // the drawing is newer than the copy
    EXPECT_NE(readFile(autosave.file())->find("lost"), std::string::npos);
    EXPECT_TRUE(autosave.leftovers().empty());
    EXPECT_FALSE(autosave.take());
}

// Containers share a home, not the ids of processes.
TEST_F(AutosaveTest, WorkOfAnotherThatLivesIsNoLeftoverThoughItsProcessIdSaysNothingHere)
{
    fs::create_directories(folder);
    const std::string file = (folder / "999999999-1-7.recovery").string();
    std::ofstream(file) << Json{{"drawing", writePipeline(clickstream())}}.dump();
    Autosave autosave(document, folder.string());
    {
        HeldFile other;
        other.hold(file + ".lock");
        EXPECT_TRUE(autosave.leftovers().empty());
        std::ofstream(file + ".lock").close(); // written to, it is held all the same
        EXPECT_TRUE(autosave.leftovers().empty());
    }
    EXPECT_EQ(autosave.leftovers().size(), 1u);
}

// A reboot gives the same ids and starts again.
TEST_F(AutosaveTest, WorkOfAFormerProcessOfTheSameIdAndStartIsALeftoverAndIsNotWrittenOver)
{
    document.edit("Draw", [](Pipeline& pipeline) { pipeline = clickstream(); });
    Autosave autosave(document, folder.string()), second(document, folder.string());
    EXPECT_NE(autosave.file(), second.file());
    const std::string name = fs::path(autosave.file()).filename().string();
    const std::string file = (folder / (name.substr(0, name.rfind('-')) + "-7.recovery")).string();
    fs::create_directories(folder);
    std::ofstream(file) << Json{{"drawing", writePipeline(clickstream())}}.dump();
    std::ofstream(file + ".lock").close();
    ASSERT_TRUE(autosave.keep());
    ASSERT_EQ(autosave.leftovers().size(), 1u);
    EXPECT_EQ(autosave.leftovers()[0].file, file);
    autosave.discard(autosave.leftovers()[0]);
    EXPECT_FALSE(fs::exists(file + ".lock"));
}

TEST_F(AutosaveTest, LeftoversCanBeDiscardedAndStrayFilesAreLeftAlone)
{
    crash("one");
    std::ofstream(folder / "1-2-3.recovery") << "no recovery file";
    std::ofstream(folder / "other.txt") << "mine";
    Autosave autosave(document, folder.string());
    ASSERT_EQ(autosave.leftovers().size(), 1u);
    autosave.discard(autosave.leftovers()[0]);
    EXPECT_TRUE(autosave.leftovers().empty());
    EXPECT_EQ(files(), 2u);
}

TEST_F(AutosaveTest, AFolderThatCannotBeWrittenIsTold)
{
    std::ofstream(folder) << "a file where the folder should be";
    document.edit("Draw", [](Pipeline& pipeline) { pipeline.name = "x"; });
    Autosave autosave(document, folder.string());
    EXPECT_FALSE(autosave.keep());
}

} // namespace
} // namespace streamwright
