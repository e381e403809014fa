// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pipeline_delta.h"

#include <algorithm>
#include <unordered_set>

#include "app/session/live_view.h"

namespace streamwright {

namespace {

using Row = std::pair<std::string, Json>;
using Rows = Json::object_t::Container; // of a layout

std::string keyIn(const Node& node) { return node.id; }
std::string keyIn(const Edge& edge) { return edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort); }
std::string keyIn(const Comment& comment) { return comment.id; }
std::string keyIn(const Group& group) { return group.id; }
std::string keyIn(const PinnedChart& chart)
{
    std::string key;
    for (const MetricName& name : chart.series)
        key += metricNameText(name) + " ";
    return key;
}
std::string keyIn(const TimedEdit& edit) { return edit.node + "@" + std::to_string(edit.at.count()); }
std::string keyIn(const Expectation& e) { return e.node + "/" + e.part + "." + e.metric + " " + e.statistic + e.is; }
std::string keyIn(const Rows::value_type& row) { return row.first; }

std::size_t weight(const std::string& text) { return sizeof text + (text.size() > 15 ? text.size() : 0); }
std::size_t weight(const Json& value)
{
    std::size_t sum = sizeof value;
    if (value.is_string()) sum += weight(value.get_ref<const std::string&>());
    if (value.is_array())
        for (const Json& item : value)
            sum += weight(item);
    if (value.is_object())
        for (const auto& [name, item] : value.items())
            sum += weight(name) + weight(item);
    return sum;
}
std::size_t weight(const Node& node) { return sizeof node + weight(node.properties) + weight(node.rest); }
std::size_t weight(const Edge& edge) { return sizeof edge + weight(edge.properties) + weight(edge.rest) + 64; }
std::size_t weight(const Comment& comment) { return sizeof comment + comment.text.size() + weight(comment.rest); }
std::size_t weight(const Group& group) { return sizeof group + group.nodes.size() * 48 + weight(group.rest); }
std::size_t weight(const PinnedChart& chart)
{
    return sizeof chart + chart.series.size() * (sizeof(MetricName) + 64) + weight(chart.rest);
}
std::size_t weight(const TimedEdit& edit) { return sizeof edit + weight(edit.properties); }
std::size_t weight(const Expectation& expectation) { return sizeof expectation + 64; }
std::size_t weight(const Row& row) { return weight(row.first) + weight(row.second); }

// Walks both lists at once. What one has and the other has not is removed or added; what has the same key but differs is
// both; where the order differs, the rest is replaced as a whole.
template <typename List, typename Item>
std::size_t diff(const List& before, const List& after, ListDelta<Item>& delta)
{
    std::size_t i = 0, j = 0, beforeEnd = before.size(), afterEnd = after.size();
    while (i < beforeEnd && i < afterEnd && before[i] == after[i])
        ++i;
    j = i;
    while (beforeEnd > i && afterEnd > j && before[beforeEnd - 1] == after[afterEnd - 1]) {
        --beforeEnd;
        --afterEnd;
    }
    std::size_t bytes = 0;
    const auto remove = [&] {
        delta.removed.emplace_back(i, before[i]);
        bytes += weight(delta.removed.back().second);
        ++i;
    };
    const auto add = [&] {
        delta.added.emplace_back(j, after[j]);
        bytes += weight(delta.added.back().second);
        ++j;
    };
    std::unordered_set<std::string> keysBefore, keysAfter;
    if (i < beforeEnd && j < afterEnd) {
        for (std::size_t n = i; n < beforeEnd; ++n)
            keysBefore.insert(keyIn(before[n]));
        for (std::size_t n = j; n < afterEnd; ++n)
            keysAfter.insert(keyIn(after[n]));
    }
    bool sameOrder = true;
    while (sameOrder && i < beforeEnd && j < afterEnd) {
        if (before[i] == after[j]) {
            ++i;
            ++j;
        } else if (!keysAfter.contains(keyIn(before[i]))) {
            remove();
        } else if (!keysBefore.contains(keyIn(after[j]))) {
            add();
        } else if (keyIn(before[i]) == keyIn(after[j])) {
            remove();
            add();
        } else {
            sameOrder = false;
        }
    }
    while (i < beforeEnd)
        remove();
    while (j < afterEnd)
        add();
    return bytes;
}

template <typename Slot>
bool replaceInPlace(Slot& slot, const Slot& item)
{
    slot = item;
    return true;
}
bool replaceInPlace(Rows::value_type& slot, const Row& item)
{
    if (slot.first != item.first) return false;
    slot.second = item.second;
    return true;
}

template <typename List, typename Entries>
void apply(List& list, const Entries& gone, const Entries& come)
{
    if (gone.empty() && come.empty()) return;
    const bool inPlace = std::equal(gone.begin(), gone.end(), come.begin(), come.end(),
                                    [](const auto& a, const auto& b) { return a.first == b.first; });
    if (inPlace && std::all_of(come.begin(), come.end(),
                               [&](const auto& entry) { return replaceInPlace(list[entry.first], entry.second); }))
        return;
    List out;
    out.reserve(list.size() - gone.size() + come.size());
    auto skip = gone.begin();
    auto insert = come.begin();
    for (std::size_t i = 0; i < list.size() || insert != come.end();) {
        if (insert != come.end() && insert->first == out.size()) {
            out.emplace_back(insert->second);
            ++insert;
        } else if (skip != gone.end() && skip->first == i) {
            ++skip;
            ++i;
        } else {
            out.emplace_back(std::move(list[i++]));
        }
    }
    list = std::move(out);
}

Rows& rowsOf(Pipeline& pipeline) { return pipeline.layout.get_ref<Json::object_t&>(); }
const Rows& rowsOf(const Pipeline& pipeline) { return pipeline.layout.get_ref<const Json::object_t&>(); }

template <typename Item>
bool touches(const ListDelta<Item>& delta, const std::string& key)
{
    const auto named = [&](const auto& entry) { return keyIn(entry.second) == key; };
    return std::any_of(delta.removed.begin(), delta.removed.end(), named) ||
           std::any_of(delta.added.begin(), delta.added.end(), named);
}

} // namespace

PipelineDelta::PipelineDelta(const Pipeline& before, const Pipeline& after)
{
    bytes_ = sizeof *this + diff(before.nodes, after.nodes, nodes_) + diff(before.edges, after.edges, edges_) +
             diff(rowsOf(before), rowsOf(after), layout_) + diff(before.comments, after.comments, comments_) +
             diff(before.groups, after.groups, groups_) + diff(before.charts, after.charts, charts_) +
             diff(before.edits, after.edits, edits_) + diff(before.expect, after.expect, expect_);
    Head old = headOf(before), now = headOf(after);
    if (old == now) return;
    bytes_ += old.description.size() + now.description.size() + weight(old.rest) + weight(now.rest);
    head_.emplace(std::move(old), std::move(now));
}

bool PipelineDelta::empty() const
{
    return nodes_.empty() && edges_.empty() && layout_.empty() && comments_.empty() && groups_.empty() &&
           charts_.empty() && edits_.empty() && expect_.empty() && !head_;
}

void PipelineDelta::redo(Pipeline& pipeline) const
{
    apply(pipeline.nodes, nodes_.removed, nodes_.added);
    apply(pipeline.edges, edges_.removed, edges_.added);
    apply(rowsOf(pipeline), layout_.removed, layout_.added);
    apply(pipeline.comments, comments_.removed, comments_.added);
    apply(pipeline.groups, groups_.removed, groups_.added);
    apply(pipeline.charts, charts_.removed, charts_.added);
    apply(pipeline.edits, edits_.removed, edits_.added);
    apply(pipeline.expect, expect_.removed, expect_.added);
    if (head_) setHead(pipeline, head_->second);
}

void PipelineDelta::undo(Pipeline& pipeline) const
{
    apply(pipeline.nodes, nodes_.added, nodes_.removed);
    apply(pipeline.edges, edges_.added, edges_.removed);
    apply(rowsOf(pipeline), layout_.added, layout_.removed);
    apply(pipeline.comments, comments_.added, comments_.removed);
    apply(pipeline.groups, groups_.added, groups_.removed);
    apply(pipeline.charts, charts_.added, charts_.removed);
    apply(pipeline.edits, edits_.added, edits_.removed);
    apply(pipeline.expect, expect_.added, expect_.removed);
    if (head_) setHead(pipeline, head_->first);
}

bool PipelineDelta::touchesNode(const std::string& id) const { return touches(nodes_, id); }
bool PipelineDelta::touchesEdge(const std::string& key) const { return touches(edges_, key); }

PipelineDelta::Head PipelineDelta::headOf(const Pipeline& pipeline)
{
    return {pipeline.name, pipeline.description, pipeline.runFor, pipeline.seed, pipeline.rest};
}

void PipelineDelta::setHead(Pipeline& pipeline, const Head& head)
{
    pipeline.name = head.name;
    pipeline.description = head.description;
    pipeline.runFor = head.runFor;
    pipeline.seed = head.seed;
    pipeline.rest = head.rest;
}

} // namespace streamwright
