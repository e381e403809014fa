// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plugin/pipeline_check.h"

#include "core/graph/pipeline_file.h"

namespace streamwright {
namespace {

class Idle : public Operator {
public:
    Result<void> open(Context&) override { return {}; }
    void step(Context&) override { }
    Result<void> apply(Context&, const Json&) override { return {}; }
};

const Registry& registry()
{
    static const Registry made = [] {
        static const std::string_view kKinds[] = {
            R"({"kind": "T::Source", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "out", "direction": "out", "carries": "records"}],
                "fields": [{"name": "Rate", "type": "integer", "default": 3, "maximum": 9}], "metrics": [{"name": "Sent", "unit": "Count"}]})",
            R"({"kind": "T::Pass", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}, {"name": "out", "direction": "out", "carries": "records"}],
                "fields": [], "metrics": []})",
            R"({"kind": "T::Store", "title": "", "family": "", "icon": "", "help": "", "keeps": true,
                "ports": [{"name": "in", "direction": "in", "accepts": ["records", "dead-letters"]}, {"name": "out", "direction": "out", "carries": "records",
                           "fields": [{"name": "Poll", "type": "integer", "default": 5, "minimum": 1}]},
                          {"name": "dead", "direction": "out", "carries": "dead-letters", "maximumEdges": 1}],
                "fields": [{"name": "Size", "type": "integer", "default": 1}], "metrics": [{"name": "Depth", "unit": "Count", "part": "shard"}]})",
            R"({"kind": "T::Sink", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"], "required": true, "help": "what is stored"}], "fields": [], "metrics": []})",
            R"({"kind": "T::Sender", "title": "", "family": "", "icon": "", "help": "",
                "ports": [{"name": "out", "direction": "out", "carries": "records", "required": true}], "fields": [], "metrics": []})"};
        Registry registry;
        const auto make = [](const NodeSetup&) { return std::make_unique<Idle>(); };
        for (const char* name : {"T::Source", "T::Pass", "T::Sink", "T::Sender"})
            registry.addKind(kKinds, name, make);
        registry.addKind(kKinds, "T::Store", make, [](const NodeSetup& setup) {
            return setup.properties["Size"] == 13
                       ? std::vector<Problem>{{ProblemCode::InvalidInput, "unlucky", "/Size"}}
                       : std::vector<Problem>{};
        });
        return registry;
    }();
    return made;
}

std::vector<std::string> problemsOf(const std::string& nodes, const std::string& edges, const std::string& more = "")
{
    const std::string text =
        R"({"streamwright": 1, "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]" + more + "}";
    const auto reading = readPipeline(text);
    EXPECT_TRUE(reading.problems.empty());
    std::vector<std::string> out;
    for (const Problem& problem : checkPipeline(reading.pipeline, registry(), "").problems)
        out.push_back(problem.text());
    return out;
}

const std::string kNodes =
    R"({"id": "a", "kind": "T::Source"}, {"id": "p", "kind": "T::Pass"}, {"id": "q", "kind": "T::Pass"},
                              {"id": "s", "kind": "T::Store"}, {"id": "t", "kind": "T::Store"})";
using Lines = std::vector<std::string>;

TEST(PipelineCheck, PlanHasCompleteProperties)
{
    const auto reading = readPipeline(
        R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "T::Source"}, {"id": "s", "kind": "T::Store"}, {"id": "z", "kind": "T::Sink"}],
        "edges": [{"from": "a.out", "to": "s.in"}, {"from": "s.out", "to": "z.in"}]})");
    const auto check = checkPipeline(reading.pipeline, registry(), "/folder");
    ASSERT_TRUE(check.problems.empty());
    EXPECT_EQ(check.plan.nodes[0].properties.dump(), R"({"Rate":3})");
    EXPECT_EQ(check.plan.nodes[1].outputs[0].properties.dump(), R"({"Poll":5})");
    EXPECT_EQ(check.plan.nodes[1].folder, "/folder");
    EXPECT_EQ(check.plan.edges[1].protocol, "records");
}

TEST(PipelineCheck, KindsPortsAndEnds)
{
    EXPECT_EQ(problemsOf(R"({"id": "a", "kind": "T::Sorce"})", ""),
              Lines{"/nodes/0/kind: there is no kind T::Sorce; did you mean T::Source?"});
    EXPECT_EQ(problemsOf(R"({"id": "a", "kind": "T::Source", "properties": {"Rate": 10}})", ""),
              Lines{"/nodes/0/properties/Rate: must be at most 9, not 10"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "aa.out", "to": "s.in"})"),
              Lines{"/edges/0/from: there is no node aa; did you mean a?"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "a.outt", "to": "s.in"})"),
              Lines{"/edges/0/from: T::Source has no output outt; it has out"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "a.out", "to": "a.in"})"), Lines{"/edges/0/to: T::Source has no input"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "s.dead", "to": "p.in"})"),
              Lines{"/edges/0: s.dead carries dead-letters, but p.in takes records"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "s.out", "to": "p.in", "properties": {"Poll": 0}})"),
              Lines{"/edges/0/properties/Poll: must be at least 1, not 0"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "a.out", "to": "s.in"}, {"from": "a.out", "to": "s.in"})"),
              Lines{"/edges/1: the same two ports are joined twice"});
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "s.dead", "to": "t.in"}, {"from": "s.dead", "to": "s.in"})").size(), 2u);
    EXPECT_EQ(problemsOf(R"({"id": "z", "kind": "T::Sink"})", ""),
              Lines{"/nodes/0: z needs an edge at its port in: what is stored"});
    EXPECT_EQ(problemsOf(R"({"id": "s", "kind": "T::Store", "properties": {"Size": 13}})", ""),
              Lines{"/nodes/0/properties/Size: unlucky"});
}

TEST(PipelineCheck, CyclesWhereTheyMakeNoSense)
{
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "p.out", "to": "p.in"})").size(), 1u);
    const auto circle = problemsOf(kNodes, R"({"from": "p.out", "to": "q.in"}, {"from": "q.out", "to": "p.in"})");
    ASSERT_EQ(circle.size(), 1u);
    EXPECT_NE(circle[0].find("p -> q -> p"), std::string::npos);
    EXPECT_TRUE(problemsOf(kNodes, R"({"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "p.in"})").empty());
    EXPECT_EQ(problemsOf(kNodes, R"({"from": "s.dead", "to": "t.in"}, {"from": "t.dead", "to": "s.in"})").size(), 1u);
}

TEST(PipelineCheck, EditsAndExpectations)
{
    EXPECT_TRUE(problemsOf(kNodes, "", R"(, "edits": [{"at": "1s", "node": "a", "properties": {"Rate": 4}}])").empty());
    EXPECT_EQ(problemsOf(kNodes, "", R"(, "edits": [{"at": "1s", "node": "a", "properties": {"Rate": 40}}])"),
              Lines{"/edits/0/properties/Rate: must be at most 9, not 40"});
    EXPECT_EQ(problemsOf(kNodes, "", R"(, "edits": [{"at": "1s", "node": "s", "properties": {"Size": 13}}])"),
              Lines{"/edits/0/properties/Size: unlucky"});
    EXPECT_EQ(problemsOf(kNodes, "", R"(, "edits": [{"at": "1s", "node": "x", "properties": {}}])").size(), 1u);
    const auto expecting = [](const char* metric) {
        return problemsOf(kNodes, "",
                          R"(, "expect": [{"metric": ")" + std::string(metric) +
                              R"(", "statistic": "Sum", "is": "==", "value": 0}])");
    };
    EXPECT_TRUE(expecting("a.Sent").empty());
    EXPECT_TRUE(expecting("s/shard-1.Depth").empty());
    EXPECT_EQ(expecting("a.Sennt"), Lines{"/expect/0/metric: T::Source has no metric Sennt; did you mean Sent?"});
    EXPECT_EQ(expecting("a/x.Sent").size(), 1u);
    EXPECT_EQ(expecting("nobody.Sent").size(), 1u);
}

// What is disabled is out of the run, whatever is wrong with it.
TEST(PipelineCheck, DisabledNodesAreLeftOut)
{
    const auto reading = readPipeline(R"({"streamwright": 1, "nodes": [
          {"id": "a", "kind": "T::Source"}, {"id": "p", "kind": "T::Pass", "disabled": true},
          {"id": "z", "kind": "T::Sink"}, {"id": "x", "kind": "T::Nothing", "disabled": true},
          {"id": "s", "kind": "T::Store", "properties": {"Size": "?"}, "disabled": true}],
        "edges": [{"from": "a.out", "to": "p.in"}, {"from": "p.out", "to": "z.in"}, {"from": "p.nowhere", "to": "s.in"}],
        "edits": [{"at": "1s", "node": "p", "properties": {"Whatever": 1}}],
        "expect": [{"metric": "s.Depth", "statistic": "Sum", "is": "==", "value": 0}]})");
    const auto check = checkPipeline(reading.pipeline, registry(), "");
    EXPECT_TRUE(check.problems.empty()) << check.problems[0].text();
    ASSERT_EQ(check.plan.nodes.size(), 2u);
    EXPECT_EQ(check.plan.nodes[0].id, "a");
    EXPECT_TRUE(check.plan.nodes[0].outputs.empty());
    EXPECT_EQ(check.plan.nodes[1].id, "z"); // its required input leads to a disabled node: it idles
    EXPECT_TRUE(check.plan.edges.empty());
}

// A memory saves work and changes no result, whatever is edited in between.
TEST(PipelineCheck, WhatIsRememberedChangesNothing)
{
    CheckMemory memory;
    const auto check = [&](const std::string& nodes, const std::string& edges) {
        const Pipeline pipeline =
            readPipeline(R"({"streamwright": 1, "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]}").pipeline;
        Lines fresh, again;
        for (const Problem& problem : checkPipeline(pipeline, registry(), "").problems)
            fresh.push_back(problem.text());
        for (const Problem& problem : checkAgain(pipeline, registry(), "", memory))
            again.push_back(problem.text());
        EXPECT_EQ(fresh, again);
        return fresh;
    };
    const std::string edge = R"({"from": "a.out", "to": "s.in"})";
    EXPECT_EQ(check(kNodes, edge), Lines{});
    EXPECT_EQ(memory.good.size(), 5u);
    EXPECT_EQ(check(kNodes, ""), Lines{});
    EXPECT_TRUE(memory.good.at("s").inputs.empty()); // another edge is another check
    EXPECT_EQ(
        check(R"({"id": "a", "kind": "T::Source", "properties": {"Rate": 99}}, {"id": "s", "kind": "T::Store"})", edge),
        Lines{"/nodes/0/properties/Rate: must be at most 9, not 99"});
    EXPECT_EQ(check(R"({"id": "s", "kind": "T::Store", "properties": {"Size": 13}})", ""),
              Lines{"/nodes/0/properties/Size: unlucky"});
    EXPECT_EQ(check(R"({"id": "s", "kind": "T::Store", "properties": {"Size": 13}})", ""),
              Lines{"/nodes/0/properties/Size: unlucky"});
    EXPECT_EQ(check(R"({"id": "s", "kind": "T::Pass", "properties": {"Size": 13}})", ""),
              Lines{"/nodes/0/properties/Size: there is no property Size"});
    EXPECT_EQ(check(kNodes, edge), Lines{});
}

TEST(PipelineCheck, WhatMustDeliverCannotDoSoToADisabledNode)
{
    EXPECT_EQ(problemsOf(R"({"id": "a", "kind": "T::Sender"}, {"id": "p", "kind": "T::Pass", "disabled": true})",
                         R"({"from": "a.out", "to": "p.in"})"),
              Lines{"/nodes/0: a needs an edge at its port out, and what it has there is disabled: disable a too"});
}

TEST(PipelineCheck, ARequiredPortWithNoEdgeAtAllStaysAProblemBesideDisabledNodes)
{
    EXPECT_EQ(problemsOf(R"({"id": "a", "kind": "T::Source", "disabled": true}, {"id": "z", "kind": "T::Sink"})", ""),
              Lines{"/nodes/1: z needs an edge at its port in: what is stored"});
}

} // namespace
} // namespace streamwright
