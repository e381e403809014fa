// SPDX-License-Identifier: GPL-3.0-or-later
// Sticky notes and groups of a drawing, changed as plain functions on the value (inside Document::edit). Any thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/session/pipeline_edits.h"

namespace streamwright {

constexpr double kSmallestNote = 60; // width and height, in the drawing's units
// The colours a note may have, by the theme's names; the first is a new one's.
const std::vector<std::string>& noteColours();

// Ids: of the new note or group. Functions of an unknown id change nothing.
std::string addComment(Pipeline& pipeline, Point at, const std::string& text = {});
void setCommentText(Pipeline& pipeline, const std::string& comment, const std::string& text);
void moveComment(Pipeline& pipeline, const std::string& comment, Point to);
void resizeComment(Pipeline& pipeline, const std::string& comment, Point topLeft, double width, double height);
void setCommentColour(Pipeline& pipeline, const std::string& comment, const std::string& colour);
void removeComments(Pipeline& pipeline, const std::set<std::string>& comments);

// A node is in one group at most: joining one leaves another, and a group without nodes goes.
std::string makeGroup(Pipeline& pipeline, const std::set<std::string>& nodes, const std::string& title = "Group");
void ungroup(Pipeline& pipeline, const std::set<std::string>& groups); // the nodes stay
void renameGroup(Pipeline& pipeline, const std::string& group, const std::string& title);
void setCollapsed(Pipeline& pipeline, const std::string& group, bool collapsed);
void putIntoGroup(Pipeline& pipeline, const std::string& group, const std::set<std::string>& nodes);
void takeOutOfGroups(Pipeline& pipeline, const std::set<std::string>& nodes);
const Group* groupOf(const Pipeline& pipeline, const std::string& node); // null: in none
const Group* findGroup(const Pipeline& pipeline, const std::string& group);
const Comment* findComment(const Pipeline& pipeline, const std::string& comment);

} // namespace streamwright
