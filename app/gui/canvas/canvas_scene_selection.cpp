// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasScene, the selection: that of the items and that of the workbench are kept the same.
#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

namespace {

std::set<std::string>* setOf(Selected& selected, int type)
{
    switch (type) {
    case kNodeItem:
        return &selected.nodes;
    case kEdgeItem:
        return &selected.edges;
    case kCommentItem:
        return &selected.comments;
    case kGroupItem:
        return &selected.groups;
    default:
        return nullptr;
    }
}

} // namespace

QRectF CanvasScene::selectionRect() const
{
    QRectF rect;
    for (QGraphicsItem* item : selectedItems())
        rect |= item->type() == kNodeItem ? static_cast<NodeItem*>(item)->card() : item->sceneBoundingRect();
    return rect;
}

std::string CanvasScene::currentNode() const
{
    const Selected& selected = workbench_.selection.get();
    return selected.nodes.size() == 1 ? *selected.nodes.begin() : "";
}

// What was selected and is no more.
void CanvasScene::dropLostSelection()
{
    Selected selected = workbench_.selection.get();
    const Pipeline& pipeline = workbench_.document.pipeline();
    std::erase_if(selected.nodes, [&](const std::string& id) { return !node(id); });
    std::erase_if(selected.edges, [&](const std::string& key) { return !edge(key); });
    const auto isGone = [](const auto& list) {
        return [&list](const std::string& id) {
            return std::none_of(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
        };
    };
    std::erase_if(selected.comments, isGone(pipeline.comments));
    std::erase_if(selected.groups, isGone(pipeline.groups));
    workbench_.selection.set(std::move(selected));
}

void CanvasScene::takeSelection()
{
    if (selecting_) return;
    selecting_ = true;
    Selected selected = workbench_.selection.get();
    for (QGraphicsItem* item : selectedItems()) {
        const std::set<std::string>* wanted = setOf(selected, item->type());
        if (wanted && !wanted->contains(itemId(*item))) item->setSelected(false);
    }
    for (const std::string& id : selected.nodes)
        if (NodeItem* item = node(id)) item->setSelected(true);
    for (const std::string& key : selected.edges)
        if (EdgeItem* item = edge(key)) item->setSelected(true);
    if (!selected.comments.empty() || !selected.groups.empty())
        for (QGraphicsItem* item : items())
            if (item->type() == kCommentItem || item->type() == kGroupItem)
                item->setSelected(setOf(selected, item->type())->contains(itemId(*item)));
    selecting_ = false;
}

void CanvasScene::giveSelection()
{
    if (selecting_) return;
    selecting_ = true;
    Selected selected;
    for (const QGraphicsItem* item : selectedItems())
        if (std::set<std::string>* ids = setOf(selected, item->type())) ids->insert(itemId(*item));
    workbench_.selection.set(std::move(selected));
    selecting_ = false;
}

void CanvasScene::selectOnly(const QGraphicsItem& item)
{
    Selected selected;
    if (std::set<std::string>* ids = setOf(selected, item.type())) ids->insert(itemId(item));
    workbench_.selection.set(std::move(selected));
}

} // namespace streamwright::gui
