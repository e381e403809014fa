// SPDX-License-Identifier: GPL-3.0-or-later
// What all items of the canvas agree on. An item's data(kItemId) is the id (of an edge: the edgeKey) by which Selection
// knows it; its type() tells which of Selection's sets that is. Items that a person can select are ItemIsSelectable; an
// item takes a mouse press only for what it alone does (resize, edit its text, fold): what it ignores, the view turns into
// selecting and moving. GUI thread.
#pragma once

#include <QGraphicsItem>

namespace streamwright::gui {

enum CanvasItemType {
    kNodeItem = QGraphicsItem::UserType + 1,
    kEdgeItem,
    kCommentItem, // pos() is the comment's x and y
    kGroupItem, // moved by moving its nodes
};

inline constexpr int kItemId = 0;

// Lower ones lie behind.
inline constexpr double kGroupZ = -20, kCommentZ = -10, kEdgeZ = 0, kNodeZ = 10;

inline constexpr double kGridStep = 20;
// Below this zoom names are the only text, in large letters; below the other nodes are flat rectangles.
inline constexpr double kTextZoom = 0.5, kFlatZoom = 0.2;

inline std::string itemId(const QGraphicsItem& item) { return item.data(kItemId).toString().toStdString(); }

} // namespace streamwright::gui
