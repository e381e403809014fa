// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/pipeline_file.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/duration_text.h"
#include "core/graph/annotation_file.h"

namespace streamwright {

namespace {

constexpr int kFormatVersion = 1;
constexpr std::size_t kMostNodes = 100'000;

class Reader {
public:
    PipelineReading out;

    void read(const Json& root)
    {
        if (!root.is_object()) return add("", "a pipeline file is a JSON object");
        checkVersion(root);
        for (const auto& [member, value] : root.items()) {
            const std::string place = "/" + pointerToken(member);
            if (member == "streamwright") continue;
            if (member == "name")
                text(value, place, out.pipeline.name);
            else if (member == "description")
                text(value, place, out.pipeline.description);
            else if (member == "nodes")
                list(value, place,
                     [this](const Json& item, const std::string& at, std::size_t i) { readNode(item, at, i); });
            else if (member == "edges")
                list(value, place,
                     [this](const Json& item, const std::string& at, std::size_t i) { readEdge(item, at, i); });
            else if (member == "expect")
                list(value, place,
                     [this](const Json& item, const std::string& at, std::size_t i) { readExpectation(item, at, i); });
            else if (member == "edits")
                list(value, place,
                     [this](const Json& item, const std::string& at, std::size_t i) { readEdit(item, at, i); });
            else if (member == "layout")
                readLayout(value, place);
            else if (member == "comments" || member == "groups" || member == "charts")
                continue; // below: they name nodes, which may stand behind them
            else if (member == "run")
                readRun(value, place);
            else
                out.pipeline.rest[member] = value;
        }
        renameDuplicates();
        AnnotationReader annotations(out.pipeline, out.problems);
        if (root.contains("comments"))
            list(root["comments"], "/comments",
                 [&](const Json& item, const std::string& at, std::size_t) { annotations.readComment(item, at); });
        if (root.contains("groups"))
            list(root["groups"], "/groups",
                 [&](const Json& item, const std::string& at, std::size_t) { annotations.readGroup(item, at); });
        if (root.contains("charts"))
            list(root["charts"], "/charts",
                 [&](const Json& item, const std::string& at, std::size_t) { annotations.readChart(item, at); });
        std::stable_sort(out.pipeline.edits.begin(), out.pipeline.edits.end(),
                         [](const TimedEdit& a, const TimedEdit& b) { return a.at < b.at; });
    }

private:
    void add(std::string place, std::string message)
    {
        out.problems.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
    }

    void checkVersion(const Json& root)
    {
        if (!root.contains("streamwright"))
            return add("", "not a pipeline file: the member \"streamwright\": 1 is missing");
        const Json& version = root["streamwright"];
        if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
            return add("/streamwright", "must be the format's version, 1");
        if (version.get<std::int64_t>() > kFormatVersion)
            add("/streamwright",
                "written by a newer Streamwright (format " + version.dump() + "); this one reads format 1");
    }

    bool text(const Json& value, const std::string& place, std::string& into)
    {
        if (!value.is_string()) {
            add(place, "must be a text");
            return false;
        }
        into = value.get<std::string>();
        return true;
    }

    void list(const Json& value, const std::string& place,
              const std::function<void(const Json&, const std::string&, std::size_t)>& readItem)
    {
        if (!value.is_array()) return add(place, "must be a list");
        if (value.size() > kMostNodes)
            return add(place, "has " + std::to_string(value.size()) + " entries; at most 100,000 are read");
        for (std::size_t i = 0; i < value.size(); ++i)
            readItem(value[i], place + "/" + std::to_string(i), i);
    }

    void readNode(const Json& value, const std::string& place, std::size_t position)
    {
        if (!value.is_object()) return add(place, "a node is an object with id, kind and properties");
        Node node;
        node.position = position;
        bool good = true;
        for (const auto& [member, content] : value.items()) {
            const std::string at = place + "/" + pointerToken(member);
            if (member == "id")
                good &= text(content, at, node.id);
            else if (member == "kind")
                good &= text(content, at, node.kind);
            else if (member == "properties" && content.is_object())
                node.properties = content;
            else if (member == "properties")
                add(at, "must be an object");
            else if (member == "disabled" && content.is_boolean())
                node.disabled = content.get<bool>();
            else if (member == "disabled")
                add(at, "must be true or false");
            else
                node.rest[member] = content;
        }
        for (const char* needed : {"id", "kind"})
            if (!value.contains(needed))
                add(place, std::string("a node needs ") + (needed[0] == 'i' ? "an id" : "a kind"));
        if (!good || node.id.empty() || node.kind.empty()) return;
        if (!isNodeId(node.id)) return add(place + "/id", kNodeIdRule);
        if (ids_.contains(node.id)) {
            add(place + "/id", "the id \"" + node.id + "\" is given to two nodes");
            duplicates_.push_back(out.pipeline.nodes.size()); // shown under another id, once all are known
        } else {
            ids_.insert(node.id);
        }
        out.pipeline.nodes.push_back(std::move(node));
    }

    void readEnd(const Json& value, const std::string& place, std::string& node, std::string& port, bool& good)
    {
        std::string end;
        if (!text(value, place, end)) {
            good = false;
            return;
        }
        const auto dot = end.find('.');
        if (dot == std::string::npos || dot == 0 || dot + 1 == end.size()) {
            add(place, "an end of an edge is written NODE.PORT, not \"" + end + "\"");
            good = false;
            return;
        }
        node = end.substr(0, dot);
        port = end.substr(dot + 1);
    }

    void readEdge(const Json& value, const std::string& place, std::size_t position)
    {
        if (!value.is_object()) return add(place, "an edge is an object with from and to");
        Edge edge;
        edge.position = position;
        bool good = true;
        for (const auto& [member, content] : value.items()) {
            const std::string at = place + "/" + pointerToken(member);
            if (member == "from")
                readEnd(content, at, edge.fromNode, edge.fromPort, good);
            else if (member == "to")
                readEnd(content, at, edge.toNode, edge.toPort, good);
            else if (member == "properties" && content.is_object())
                edge.properties = content;
            else if (member == "properties")
                add(at, "must be an object");
            else
                edge.rest[member] = content;
        }
        for (const char* needed : {"from", "to"})
            if (!value.contains(needed)) {
                add(place, std::string("an edge needs \"") + needed + "\"");
                good = false;
            }
        if (good) out.pipeline.edges.push_back(std::move(edge));
    }

    void readExpectation(const Json& value, const std::string& place, std::size_t position)
    {
        if (!value.is_object()) return add(place, "an expectation is an object with metric, statistic, is and value");
        const std::size_t before = out.problems.size();
        Expectation expectation;
        expectation.position = position;
        for (const auto& [member, content] : value.items()) {
            const std::string at = place + "/" + pointerToken(member);
            if (member == "metric")
                readMetricName(content, at, expectation);
            else if (member == "statistic")
                oneOf(content, at, {"Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p99"},
                      expectation.statistic);
            else if (member == "is")
                oneOf(content, at, {"==", "!=", "<", "<=", ">", ">=", "within"}, expectation.is);
            else if (member == "value" || member == "tolerance")
                number(content, at, member == "value" ? expectation.value : expectation.tolerance);
            else if (member == "after")
                expectation.after = duration(content, at);
            else
                add(at, "an expectation has no member " + member);
        }
        for (const char* needed : {"metric", "statistic", "is", "value"})
            if (!value.contains(needed)) add(place, std::string("an expectation needs \"") + needed + "\"");
        if (out.problems.size() == before) out.pipeline.expect.push_back(std::move(expectation));
    }

    void readEdit(const Json& value, const std::string& place, std::size_t position)
    {
        if (!value.is_object()) return add(place, "an edit is an object with at, node and properties");
        const std::size_t before = out.problems.size();
        TimedEdit edit;
        edit.position = position;
        for (const auto& [member, content] : value.items()) {
            const std::string at = place + "/" + pointerToken(member);
            if (member == "at")
                edit.at = duration(content, at).value_or(Duration{});
            else if (member == "node")
                text(content, at, edit.node);
            else if (member == "properties" && content.is_object())
                edit.properties = content;
            else if (member == "properties")
                add(at, "must be an object");
            else
                add(at, "an edit has no member " + member);
        }
        for (const char* needed : {"at", "node", "properties"})
            if (!value.contains(needed)) add(place, std::string("an edit needs \"") + needed + "\"");
        if (out.problems.size() == before) out.pipeline.edits.push_back(std::move(edit));
    }

    void readMetricName(const Json& value, const std::string& place, Expectation& into)
    {
        std::string written;
        if (!text(value, place, written)) return;
        const auto name = parseMetricName(written);
        if (!name) return add(place, std::string(kMetricNameRule) + ", not \"" + written + "\"");
        into.node = name->node;
        into.part = name->part;
        into.metric = name->metric;
    }

    void oneOf(const Json& value, const std::string& place, std::initializer_list<const char*> words, std::string& into)
    {
        if (!text(value, place, into)) return;
        std::string known;
        for (const char* word : words) {
            if (into == word) return;
            known += (known.empty() ? "" : ", ") + std::string(word);
        }
        add(place, "must be one of " + known + ", not \"" + into + "\"");
    }

    void number(const Json& value, const std::string& place, double& into)
    {
        if (value.is_number())
            into = value.get<double>();
        else
            add(place, "must be a number");
    }

    std::optional<Duration> duration(const Json& value, const std::string& place)
    {
        std::string written;
        if (!text(value, place, written)) return std::nullopt;
        const auto parsed = parseDuration(written);
        if (parsed) return *parsed;
        add(place, parsed.problem().message);
        return std::nullopt;
    }

    void readLayout(const Json& value, const std::string& place)
    {
        if (value.is_object())
            out.pipeline.layout = value;
        else
            add(place, "must be an object of positions by node id");
    }

    void readRun(const Json& value, const std::string& place)
    {
        if (!value.is_object()) return add(place, "must be an object with for and seed");
        for (const auto& [member, content] : value.items()) {
            const std::string at = place + "/" + pointerToken(member);
            if (member == "for")
                out.pipeline.runFor = duration(content, at);
            else if (member == "seed" && content.is_number_unsigned())
                out.pipeline.seed = content.get<std::uint64_t>();
            else if (member == "seed")
                add(at, "must be a whole number, 0 or more");
            else
                add(at, "there is no setting " + member + "; a run has for and seed");
        }
    }

    void renameDuplicates()
    {
        for (const std::size_t index : duplicates_) {
            Node& node = out.pipeline.nodes[index];
            const std::string stem = node.id.substr(0, kLongestNodeId - 8);
            for (int number = 2; !ids_.insert(node.id).second; ++number)
                node.id = stem + "-" + std::to_string(number);
        }
    }

    std::set<std::string> ids_;
    std::vector<std::size_t> duplicates_; // indexes of pipeline.nodes
};

Json expectationJson(const Expectation& expectation)
{
    Json out;
    out["metric"] = metricNameText({expectation.node, expectation.part, expectation.metric});
    out["statistic"] = expectation.statistic;
    out["is"] = expectation.is;
    out["value"] = expectation.value;
    if (expectation.tolerance != 0) out["tolerance"] = expectation.tolerance;
    if (expectation.after) out["after"] = durationText(*expectation.after);
    return out;
}

void append(Json& object, const Json& rest)
{
    for (const auto& [member, value] : rest.items())
        object[member] = value;
}

// A list with one entry a line: made for diffs.
std::string lines(const Json& list)
{
    if (list.empty()) return "[]";
    std::string out = "[\n";
    for (std::size_t i = 0; i < list.size(); ++i)
        out += "    " + list[i].dump() + (i + 1 < list.size() ? ",\n" : "\n");
    return out + "  ]";
}

} // namespace

PipelineReading readPipeline(std::string_view text)
{
    Reader reader;
    const auto root = parseJson(text);
    if (root)
        reader.read(*root);
    else
        reader.out.problems.push_back(root.problem());
    return std::move(reader.out);
}

std::string writePipeline(const Pipeline& pipeline)
{
    Json nodes = Json::array(), edges = Json::array(), expect = Json::array();
    for (const Node& node : pipeline.nodes) {
        Json out = {{"id", node.id}, {"kind", node.kind}};
        if (!node.properties.empty()) out["properties"] = node.properties;
        if (node.disabled) out["disabled"] = true;
        append(out, node.rest);
        nodes.push_back(std::move(out));
    }
    for (const Edge& edge : pipeline.edges) {
        Json out = {{"from", edge.fromNode + "." + edge.fromPort}, {"to", edge.toNode + "." + edge.toPort}};
        if (!edge.properties.empty()) out["properties"] = edge.properties;
        append(out, edge.rest);
        edges.push_back(std::move(out));
    }
    for (const Expectation& expectation : pipeline.expect)
        expect.push_back(expectationJson(expectation));

    std::vector<std::pair<std::string, std::string>> members = {{"streamwright", std::to_string(kFormatVersion)},
                                                                {"name", Json(pipeline.name).dump()}};
    if (!pipeline.description.empty()) members.emplace_back("description", Json(pipeline.description).dump());
    Json run = Json::object();
    if (pipeline.runFor) run["for"] = durationText(*pipeline.runFor);
    if (pipeline.seed) run["seed"] = *pipeline.seed;
    if (!run.empty()) members.emplace_back("run", run.dump());
    members.emplace_back("nodes", lines(nodes));
    members.emplace_back("edges", lines(edges));
    Json edits = Json::array();
    for (const TimedEdit& edit : pipeline.edits)
        edits.push_back({{"at", durationText(edit.at)}, {"node", edit.node}, {"properties", edit.properties}});
    if (!edits.empty()) members.emplace_back("edits", lines(edits));
    if (!pipeline.layout.empty()) members.emplace_back("layout", pipeline.layout.dump());
    Json comments = Json::array(), groups = Json::array(), charts = Json::array();
    for (const Comment& comment : pipeline.comments)
        comments.push_back(commentJson(comment));
    for (const Group& group : pipeline.groups)
        groups.push_back(groupJson(group));
    for (const PinnedChart& chart : pipeline.charts)
        charts.push_back(chartJson(chart));
    if (!comments.empty()) members.emplace_back("comments", lines(comments));
    if (!groups.empty()) members.emplace_back("groups", lines(groups));
    if (!charts.empty()) members.emplace_back("charts", lines(charts));
    if (!expect.empty()) members.emplace_back("expect", lines(expect));
    for (const auto& [member, value] : pipeline.rest.items())
        members.emplace_back(member, value.dump());

    std::string out = "{\n";
    for (std::size_t i = 0; i < members.size(); ++i)
        out +=
            "  " + Json(members[i].first).dump() + ": " + members[i].second + (i + 1 < members.size() ? ",\n" : "\n");
    return out + "}\n";
}

std::vector<Problem> locateProblems(std::vector<Problem> problems, const std::string& file, std::string_view text)
{
    for (Problem& problem : problems) {
        if (problem.place.empty())
            problem.place = file;
        else if (problem.place.front() == '/')
            problem.place =
                file + ":" + std::to_string(lineOfPointer(text, problem.place)) + " (" + problem.place + ")";
        else
            problem.place = file + ", " + problem.place;
    }
    return problems;
}

} // namespace streamwright
