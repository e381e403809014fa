// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/annotation_file.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace streamwright {

namespace {

constexpr std::array kColours = {"yellow", "blue", "green", "red", "grey"};
constexpr double kFarthest = 1e7; // a place beyond is a slip of the pen, and drawing it would help nobody

Json numberJson(double value)
{
    if (std::trunc(value) == value && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

} // namespace

AnnotationReader::AnnotationReader(Pipeline& pipeline, std::vector<Problem>& problems)
    : pipeline_(pipeline),
      problems_(problems)
{
    for (const Node& node : pipeline.nodes)
        nodes_.insert(node.id);
}

void AnnotationReader::readComment(const Json& value, const std::string& place)
{
    if (!value.is_object()) return add(place, "a comment is an object with id, text, at and size");
    Comment comment;
    for (const auto& [member, content] : value.items()) {
        const std::string at = place + "/" + pointerToken(member);
        if (member == "id")
            text(content, at, comment.id);
        else if (member == "text")
            text(content, at, comment.text);
        else if (member == "at")
            pair(content, at, -kFarthest, comment.x, comment.y);
        else if (member == "size")
            pair(content, at, 1, comment.width, comment.height);
        else if (member == "colour")
            text(content, at, comment.colour);
        else
            comment.rest[member] = content;
    }
    if (!comment.colour.empty() && std::find(kColours.begin(), kColours.end(), comment.colour) == kColours.end()) {
        add(place + "/colour", "must be one of yellow, blue, green, red, grey, not \"" + comment.colour + "\"");
        comment.colour.clear();
    }
    takeId(comment.id, comments_, place, "note-");
    pipeline_.comments.push_back(std::move(comment));
}

void AnnotationReader::readGroup(const Json& value, const std::string& place)
{
    if (!value.is_object()) return add(place, "a group is an object with id, title and nodes");
    Group group;
    for (const auto& [member, content] : value.items()) {
        const std::string at = place + "/" + pointerToken(member);
        if (member == "id")
            text(content, at, group.id);
        else if (member == "title")
            text(content, at, group.title);
        else if (member == "nodes")
            readMembers(content, at, group);
        else if (member == "collapsed" && content.is_boolean())
            group.collapsed = content.get<bool>();
        else if (member == "collapsed")
            add(at, "must be true or false");
        else
            group.rest[member] = content;
    }
    takeId(group.id, groups_, place, "group-");
    pipeline_.groups.push_back(std::move(group));
}

void AnnotationReader::readChart(const Json& value, const std::string& place)
{
    if (!value.is_object()) return add(place, "a chart is an object with its series");
    PinnedChart chart;
    for (const auto& [member, content] : value.items()) {
        if (member == "series")
            readSeries(content, place + "/series", chart);
        else
            chart.rest[member] = content;
    }
    if (!chart.series.empty()) pipeline_.charts.push_back(std::move(chart));
}

void AnnotationReader::readSeries(const Json& list, const std::string& place, PinnedChart& chart)
{
    if (!list.is_array()) return add(place, "must be a list of metrics");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string at = place + "/" + std::to_string(i);
        std::string written;
        text(list[i], at, written);
        if (written.empty()) continue;
        auto name = parseMetricName(written);
        if (!name)
            add(at, std::string(kMetricNameRule) + ", not \"" + written + "\"");
        else if (!nodes_.contains(name->node))
            add(at, "there is no node " + name->node);
        else
            chart.series.push_back(std::move(*name));
    }
}

void AnnotationReader::readMembers(const Json& list, const std::string& place, Group& group)
{
    if (!list.is_array()) return add(place, "must be a list of node ids");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string at = place + "/" + std::to_string(i);
        std::string id;
        text(list[i], at, id);
        if (id.empty()) continue;
        if (!nodes_.contains(id))
            add(at, "there is no node " + id);
        else if (!grouped_.insert(id).second)
            add(at, id + " is in a group already; a node is in one group at most");
        else
            group.nodes.push_back(id);
    }
}

void AnnotationReader::add(std::string place, std::string message)
{
    problems_.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
}

void AnnotationReader::text(const Json& value, const std::string& place, std::string& into)
{
    if (value.is_string())
        into = value.get<std::string>();
    else
        add(place, "must be a text");
}

void AnnotationReader::pair(const Json& value, const std::string& place, double smallest, double& first, double& second)
{
    const auto good = [&](const Json& number) {
        return number.is_number() && number.get<double>() >= smallest && number.get<double>() <= kFarthest;
    };
    if (!value.is_array() || value.size() != 2 || !good(value[0]) || !good(value[1]))
        return add(place,
                   smallest > 0 ? "must be two numbers above 0: [width, height]" : "must be two numbers: [x, y]");
    first = value[0].get<double>();
    second = value[1].get<double>();
}

// One without a good id gets a fresh one, so that nothing is lost.
void AnnotationReader::takeId(std::string& id, std::set<std::string>& taken, const std::string& place,
                              const char* fresh)
{
    if (!id.empty() && taken.insert(id).second) return;
    if (id.empty())
        add(place, "needs an id: a text");
    else
        add(place + "/id", "the id \"" + id + "\" is given twice");
    for (std::size_t number = taken.size() + 1;; ++number) {
        id = fresh + std::to_string(number);
        if (taken.insert(id).second) return;
    }
}

Json commentJson(const Comment& comment)
{
    Json out = {{"id", comment.id}, {"text", comment.text}};
    out["at"] = Json::array({numberJson(comment.x), numberJson(comment.y)});
    out["size"] = Json::array({numberJson(comment.width), numberJson(comment.height)});
    if (!comment.colour.empty()) out["colour"] = comment.colour;
    for (const auto& [member, value] : comment.rest.items())
        out[member] = value;
    return out;
}

Json chartJson(const PinnedChart& chart)
{
    Json list = Json::array();
    for (const MetricName& name : chart.series)
        list.push_back(metricNameText(name));
    Json out = {{"series", std::move(list)}};
    for (const auto& [member, value] : chart.rest.items())
        out[member] = value;
    return out;
}

Json groupJson(const Group& group)
{
    Json out = {{"id", group.id}, {"title", group.title}, {"nodes", group.nodes}};
    if (group.collapsed) out["collapsed"] = true;
    for (const auto& [member, value] : group.rest.items())
        out[member] = value;
    return out;
}

} // namespace streamwright
