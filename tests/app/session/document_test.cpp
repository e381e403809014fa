// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/document.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "app/session/annotations.h"
#include "app/session/arrange.h"
#include "core/base/file.h"
#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

namespace fs = std::filesystem;

class DocumentTest : public testing::Test {
protected:
    DocumentTest() : folder(fs::temp_directory_path() / ("document-test-" + std::to_string(::getpid())))
    {
        fs::create_directories(folder);
    }
    ~DocumentTest() override { fs::remove_all(folder); }

    std::string file(const std::string& text = {}) const
    {
        const std::string path = (folder / "drawing.json").string();
        if (!text.empty()) std::ofstream(path) << text;
        return path;
    }
    Lines problems() const
    {
        Lines out;
        for (const Problem& problem : document.problems())
            out.push_back(problem.text());
        return out;
    }
    void rename(const std::string& name, const std::string& mergeKey = {})
    {
        document.edit(
            "Call it " + name, [&](Pipeline& pipeline) { pipeline.name = name; }, mergeKey);
    }
    void move(const std::string& node, double by, const std::string& mergeKey)
    {
        document.edit(
            "Move",
            [&](Pipeline& pipeline) {
                moveParts(pipeline, {{node}, {}, {}, {}}, {by, 0});
            },
            mergeKey);
    }

    const fs::path folder;
    Document document{kinds()};
};

TEST_F(DocumentTest, EveryKindOfChangeIsUndoneAndRedone)
{
    ASSERT_TRUE(document.open(file(writePipeline(clickstream()))));
    std::vector<Pipeline> seen{document.pipeline()};
    const std::vector<std::function<void(Pipeline&)>> changes = {
        [](Pipeline& p) {
            addNode(p, kinds(), "AWS::SQS::Queue", {5, 5});
        },
        [](Pipeline& p) {
            connect(p, {"website", "out"}, {"queue", "in"});
        },
        [](Pipeline& p) { p.nodes[0].properties["RecordsPerSecond"] = 7; },
        [](Pipeline& p) { EXPECT_TRUE(renameNode(p, "clicks", "visits")); },
        [](Pipeline& p) {
            moveParts(p, {{"visits", "archive"}, {}, {"n"}, {}}, {3, 4});
        },
        [](Pipeline& p) {
            removeNodes(p, kinds(), {"website", "archive"}, true);
        },
        [](Pipeline& p) {
            makeGroup(p, {"visits", "counter"});
        },
        [](Pipeline& p) {
            addComment(p, {1, 1}, "note");
        },
        [](Pipeline& p) { setDisabled(p, {"counter"}, true); },
        [](Pipeline& p) { std::swap(p.nodes.front(), p.nodes.back()); },
        [](Pipeline& p) {
            p.edits.push_back({seconds(1), "queue", {{"DelaySeconds", 3}}});
        },
        [](Pipeline& p) { p.expect.clear(); },
        [](Pipeline& p) {
            p.charts.push_back({{{"visits", "", "IncomingRecords"}}, {}});
        },
        [](Pipeline& p) {
            p.charts[0].series.push_back({"queue", "", "NumberOfMessagesSent"});
        },
        [](Pipeline& p) { p.charts.clear(); },
        [](Pipeline& p) { p.name = "other", p.seed = 4, p.runFor = seconds(9), p.rest["x"] = 1; },
        [](Pipeline& p) { p = clickstream(); },
        [](Pipeline& p) { p = {}; },
    };
    for (const auto& change : changes) {
        document.edit("step", change);
        seen.push_back(document.pipeline());
        ASSERT_NE(seen[seen.size() - 2], seen.back());
    }
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = seen.size() - 1; i-- > 0;) {
            document.undo();
            EXPECT_EQ(document.pipeline(), seen[i]) << i;
        }
        EXPECT_EQ(document.undoText(), "");
        for (std::size_t i = 1; i < seen.size(); ++i) {
            document.redo();
            EXPECT_EQ(document.pipeline(), seen[i]) << i;
        }
        EXPECT_EQ(document.redoText(), "");
    }
}

TEST_F(DocumentTest, AChangeThatChangesNothingLeavesNoStep)
{
    rename("a");
    document.edit("Nothing", [](Pipeline& pipeline) { pipeline.name = "a"; });
    EXPECT_EQ(document.undoText(), "Call it a");
}

TEST_F(DocumentTest, UndoAcrossASave)
{
    rename("a");
    EXPECT_TRUE(document.modified());
    ASSERT_TRUE(document.save(file()));
    EXPECT_FALSE(document.modified());
    document.undo();
    EXPECT_TRUE(document.modified());
    EXPECT_EQ(document.pipeline().name, "");
    document.redo();
    EXPECT_FALSE(document.modified());
    document.undo();
    rename("b"); // no step leads to what was saved any more
    EXPECT_TRUE(document.modified());
    document.undo();
    EXPECT_TRUE(document.modified());
}

TEST_F(DocumentTest, EditsOfOneGestureAreOneStep)
{
    document.edit("Add", [](Pipeline& pipeline) { addNode(pipeline, kinds(), "Local::Consumer", {0, 0}); });
    for (int i = 0; i < 5; ++i)
        move("consumer", 10, "drag");
    document.endGesture();
    move("consumer", 10, "drag");
    EXPECT_EQ(placeOf(document.pipeline(), "consumer")->x, 60);
    document.undo();
    EXPECT_EQ(placeOf(document.pipeline(), "consumer")->x, 50);
    document.undo();
    EXPECT_EQ(placeOf(document.pipeline(), "consumer")->x, 0);
    document.redo();
    EXPECT_EQ(placeOf(document.pipeline(), "consumer")->x, 50);
}

TEST_F(DocumentTest, AGestureThatEndsWhereItBeganLeavesNoStep)
{
    document.edit("Add", [](Pipeline& pipeline) { addNode(pipeline, kinds(), "Local::Consumer", {0, 0}); });
    move("consumer", 10, "drag");
    move("consumer", -10, "drag");
    EXPECT_EQ(document.undoText(), "Add");
    move("consumer", 10, "drag");
    document.undo();
    EXPECT_EQ(document.pipeline().nodes.size(), 1u);
}

TEST_F(DocumentTest, ASaveWithinAGestureStaysSaved)
{
    rename("a", "typing");
    ASSERT_TRUE(document.save(file()));
    rename("ab", "typing");
    EXPECT_TRUE(document.modified());
    document.undo();
    EXPECT_FALSE(document.modified());
    EXPECT_EQ(document.pipeline().name, "a");
}

TEST_F(DocumentTest, PlacesOfProblemsFollowTheDrawing)
{
    ASSERT_TRUE(document.open(file(writePipeline(clickstream()))));
    EXPECT_EQ(problems(), Lines{});
    document.edit("Break", [](Pipeline& pipeline) { pipeline.nodes[1].properties["ShardCount"] = 0; });
    ASSERT_EQ(document.problems().size(), 1u);
    EXPECT_EQ(document.problems()[0].place, "/nodes/1/properties/ShardCount");
    document.edit("Remove", [](Pipeline& pipeline) { removeNodes(pipeline, kinds(), {"website"}); });
    ASSERT_EQ(document.problems().size(), 1u);
    EXPECT_EQ(document.problems()[0].place, "/nodes/0/properties/ShardCount");
    document.undo();
    document.undo();
    EXPECT_EQ(problems(), Lines{});
}

TEST_F(DocumentTest, ADamagedFileOpensWithItsProblemsAndItsGoodPart)
{
    const std::string damaged = "{\"streamwright\": 1, \"name\": 5, \"nodes\": [\n"
                                "{\"id\": \"a\", \"kind\": \"Local::Producer\", \"disabled\": \"yes\"},\n7,\n"
                                "{\"id\": \"b\", \"kind\": \"No::Such\"}]}";
    ASSERT_TRUE(document.open(file(damaged)));
    EXPECT_EQ(nodesIn(document.pipeline()), (Lines{"a", "b"}));
    const std::string path = file();
    EXPECT_EQ(problems(),
              (Lines{path + ":1 (/name): must be a text", path + ":2 (/nodes/0/disabled): must be true or false",
                     path + ":3 (/nodes/1): a node is an object with id, kind and properties",
                     "/nodes/1/kind: there is no kind No::Such"}));
    EXPECT_FALSE(document.modified());
    rename("mended");
    EXPECT_EQ(document.problems().size(), 3u); // what was said of the name is over
    document.edit("Disable", [](Pipeline& pipeline) { setDisabled(pipeline, {"a"}, true); });
    EXPECT_EQ(document.problems().size(), 2u);

    ASSERT_TRUE(document.save());
    EXPECT_EQ(problems(), Lines{"/nodes/1/kind: there is no kind No::Such"});
    EXPECT_EQ(*readFile(path + ".damaged"), damaged); // what could not be read is not lost
    EXPECT_EQ(document.keptOriginal(), path + ".damaged");
    ASSERT_TRUE(document.save());
    EXPECT_EQ(document.keptOriginal(), "");
    EXPECT_FALSE(fs::exists(path + ".damaged-2"));
}

TEST_F(DocumentTest, ADamagedFileIsKeptThoughItIsOpenedByALink)
{
    const std::string damaged = R"({"streamwright": 1, "nodes": [7]})", link = (folder / "link.json").string();
    fs::create_symlink(file(damaged), link);
    ASSERT_TRUE(document.open(link));
    rename("x");
    ASSERT_TRUE(document.save());
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(*readFile(file() + ".damaged"), damaged);
}

TEST_F(DocumentTest, ADamagedFileIsKeptThoughAllThatWasSaidOfItIsEdited)
{
    const std::string damaged = R"({"streamwright": 1, "name": 5, "nodes": []})";
    ASSERT_TRUE(document.open(file(damaged)));
    EXPECT_TRUE(document.damaged());
    rename("x");
    EXPECT_EQ(problems(), Lines{});
    ASSERT_TRUE(document.save());
    EXPECT_EQ(*readFile(file() + ".damaged"), damaged);
    EXPECT_FALSE(document.damaged());
    ASSERT_TRUE(document.save());
    EXPECT_FALSE(fs::exists(file() + ".damaged-2"));
}

TEST_F(DocumentTest, SavingADamagedFileUnderAnotherNameLeavesItAlone)
{
    const std::string damaged = R"({"streamwright": 1, "nodes": [7]})";
    ASSERT_TRUE(document.open(file(damaged)));
    ASSERT_TRUE(document.save((folder / "other.json").string()));
    EXPECT_EQ(*readFile(file()), damaged);
    EXPECT_FALSE(fs::exists(file() + ".damaged"));
    EXPECT_FALSE(fs::exists((folder / "other.json.damaged").string()));
}

TEST_F(DocumentTest, BrokenJsonOpensEmptyAndIsKeptAtASave)
{
    ASSERT_TRUE(document.open(file("{\"streamwright\": 1, \"nodes\": [")));
    EXPECT_EQ(document.problems().size(), 1u);
    EXPECT_TRUE(document.pipeline().nodes.empty());
    rename("x");
    EXPECT_EQ(document.problems().size(), 1u);
    ASSERT_TRUE(document.save());
    EXPECT_TRUE(fs::exists(file() + ".damaged"));
}

TEST_F(DocumentTest, AFileThatCannotBeReadChangesNothing)
{
    rename("mine");
    EXPECT_FALSE(document.open((folder / "none.json").string()));
    EXPECT_FALSE(document.open(folder.string()));
    EXPECT_EQ(document.pipeline().name, "mine");
    EXPECT_TRUE(document.modified());
}

// In a process of its own: the limit on file sizes stands for a full disk.
TEST_F(DocumentTest, AFullDiskKeepsTheOldFileAndSaysSo)
{
    rename("old");
    ASSERT_TRUE(document.save(file()));
    const std::string before = *readFile(file());
    document.edit("Describe", [](Pipeline& pipeline) { pipeline.description = std::string(100'000, 'x'); });
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto saved = document.save();
        const bool told = !saved && saved.problem().code == ProblemCode::DiskFull;
        ::_exit(told && document.modified() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(*readFile(file()), before);
    EXPECT_FALSE(fs::exists(file() + ".new"));
}

TEST_F(DocumentTest, SavingWithoutAFileIsRefusedAndALinkStaysALink)
{
    EXPECT_FALSE(document.save());
    const std::string link = (folder / "link.json").string();
    file("{}");
    fs::create_symlink(file(), link);
    rename("a");
    ASSERT_TRUE(document.save(link));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_NE(readFile(file())->find("\"a\""), std::string::npos);
    EXPECT_EQ(document.path(), link);
}

// Each step keeps what it changed, not the drawing.
TEST(PipelineDeltas, AreSmallForSmallChangesOfLargeDrawings)
{
    Pipeline large;
    for (int i = 0; i < 20'000; ++i)
        large.nodes.push_back({"node-" + std::to_string(i), "Local::Producer", {{"RecordsPerSecond", i}}});
    Pipeline changed = large;
    changed.nodes[5].properties["RecordsPerSecond"] = 0;
    removeNodes(changed, kinds(), {"node-100", "node-19000"});
    setPlace(changed, "node-3", {1, 1});
    const PipelineDelta delta(large, changed);
    EXPECT_LT(delta.bytes(), 10'000u);
    Pipeline back = changed, forth = large;
    delta.undo(back);
    delta.redo(forth);
    EXPECT_EQ(back, large);
    EXPECT_EQ(forth, changed);
    EXPECT_TRUE(delta.touchesNode("node-5"));
    EXPECT_FALSE(delta.touchesNode("node-6"));
}

TEST_F(DocumentTest, TheHistoryForgetsItsOldestSteps)
{
    const std::string large(8u << 20, 'x');
    for (int i = 0; i < 20; ++i)
        document.edit("Note " + std::to_string(i), [&](Pipeline& pipeline) {
            pipeline.comments.clear();
            addComment(pipeline, {}, large + std::to_string(i));
        });
    int steps = 0;
    for (; !document.undoText().empty(); ++steps)
        document.undo();
    EXPECT_GT(steps, 3);
    EXPECT_LT(steps, 12); // 16 MiB each
    EXPECT_TRUE(document.modified()); // the way back to the empty drawing is forgotten
}

} // namespace
} // namespace streamwright
