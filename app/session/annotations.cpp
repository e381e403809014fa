// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/annotations.h"

#include <algorithm>

namespace streamwright {

namespace {

template <typename Items>
std::string freshAnnotationId(const Items& items, const std::string& stem)
{
    for (std::size_t number = items.size() + 1;; ++number) {
        std::string id = stem + std::to_string(number);
        if (std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.id == id; })) return id;
    }
}

template <typename Items>
auto* findIn(Items& items, const std::string& id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

} // namespace

const std::vector<std::string>& noteColours()
{
    static const std::vector<std::string> colours = {"yellow", "blue", "green", "red", "grey"};
    return colours;
}

std::string addComment(Pipeline& pipeline, Point at, const std::string& text)
{
    Comment comment;
    comment.id = freshAnnotationId(pipeline.comments, "note-");
    comment.text = text;
    comment.x = at.x;
    comment.y = at.y;
    comment.colour = noteColours().front();
    pipeline.comments.push_back(std::move(comment));
    return pipeline.comments.back().id;
}

void setCommentText(Pipeline& pipeline, const std::string& id, const std::string& text)
{
    if (Comment* comment = findIn(pipeline.comments, id)) comment->text = text;
}

void moveComment(Pipeline& pipeline, const std::string& id, Point to)
{
    if (Comment* comment = findIn(pipeline.comments, id)) {
        comment->x = to.x;
        comment->y = to.y;
    }
}

void resizeComment(Pipeline& pipeline, const std::string& id, Point topLeft, double width, double height)
{
    moveComment(pipeline, id, topLeft);
    if (Comment* comment = findIn(pipeline.comments, id)) {
        comment->width = std::max(width, kSmallestNote);
        comment->height = std::max(height, kSmallestNote);
    }
}

void setCommentColour(Pipeline& pipeline, const std::string& id, const std::string& colour)
{
    if (Comment* comment = findIn(pipeline.comments, id)) comment->colour = colour;
}

void removeComments(Pipeline& pipeline, const std::set<std::string>& ids)
{
    auto& comments = pipeline.comments;
    comments.erase(std::remove_if(comments.begin(), comments.end(),
                                  [&](const Comment& comment) { return ids.contains(comment.id); }),
                   comments.end());
}

std::string makeGroup(Pipeline& pipeline, const std::set<std::string>& nodes, const std::string& title)
{
    takeOutOfGroups(pipeline, nodes);
    Group group;
    group.id = freshAnnotationId(pipeline.groups, "group-");
    group.title = title;
    for (const Node& node : pipeline.nodes)
        if (nodes.contains(node.id)) group.nodes.push_back(node.id);
    if (group.nodes.empty()) return {};
    pipeline.groups.push_back(std::move(group));
    return pipeline.groups.back().id;
}

void ungroup(Pipeline& pipeline, const std::set<std::string>& ids)
{
    auto& groups = pipeline.groups;
    groups.erase(
        std::remove_if(groups.begin(), groups.end(), [&](const Group& group) { return ids.contains(group.id); }),
        groups.end());
}

void renameGroup(Pipeline& pipeline, const std::string& id, const std::string& title)
{
    if (Group* group = findIn(pipeline.groups, id)) group->title = title;
}

void setCollapsed(Pipeline& pipeline, const std::string& id, bool collapsed)
{
    if (Group* group = findIn(pipeline.groups, id)) group->collapsed = collapsed;
}

void putIntoGroup(Pipeline& pipeline, const std::string& id, const std::set<std::string>& nodes)
{
    const Group* group = findGroup(pipeline, id);
    if (!group) return;
    std::set<std::string> joining;
    for (const std::string& node : nodes)
        if (pipeline.node(node) && std::find(group->nodes.begin(), group->nodes.end(), node) == group->nodes.end())
            joining.insert(node);
    takeOutOfGroups(pipeline, joining);
    Group* into = findIn(pipeline.groups, id);
    into->nodes.insert(into->nodes.end(), joining.begin(), joining.end());
}

void takeOutOfGroups(Pipeline& pipeline, const std::set<std::string>& nodes)
{
    std::set<std::string> emptied;
    for (Group& group : pipeline.groups) {
        const auto left = std::remove_if(group.nodes.begin(), group.nodes.end(),
                                         [&](const std::string& node) { return nodes.contains(node); });
        if (left == group.nodes.begin() && left != group.nodes.end()) emptied.insert(group.id);
        group.nodes.erase(left, group.nodes.end());
    }
    ungroup(pipeline, emptied);
}

const Group* groupOf(const Pipeline& pipeline, const std::string& node)
{
    const auto found = std::find_if(pipeline.groups.begin(), pipeline.groups.end(), [&](const Group& group) {
        return std::find(group.nodes.begin(), group.nodes.end(), node) != group.nodes.end();
    });
    return found == pipeline.groups.end() ? nullptr : &*found;
}

const Group* findGroup(const Pipeline& pipeline, const std::string& id) { return findIn(pipeline.groups, id); }
const Comment* findComment(const Pipeline& pipeline, const std::string& id) { return findIn(pipeline.comments, id); }

} // namespace streamwright
