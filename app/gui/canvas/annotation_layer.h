// SPDX-License-Identifier: GPL-3.0-or-later
// AnnotationLayer: the notes and groups of the drawing as items of the canvas's scene, kept equal to the document. Owned
// by the canvas; GUI thread. It moves nodes by document edits only.
#pragma once

#include <QObject>
#include <map>
#include <string>

#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

class CommentItem;
class GroupItem;

class AnnotationLayer : public QObject {
    Q_OBJECT
public:
    // nodeRect: where a node is drawn, or would be if its group were not collapsed.
    using NodeRect = std::function<QRectF(const std::string& node)>;
    AnnotationLayer(Workbench& workbench, CanvasScene& scene, NodeRect nodeRect, QObject* parent = nullptr);
    ~AnnotationLayer() override;

    // After the nodes have their new places; the layer follows the selection, the run and dragged nodes by itself.
    void sync();
    // In a collapsed group: the node is not drawn, and its edges end at the box.
    bool isHidden(const std::string& node) const { return hidden_.contains(node); }
    QRectF boxOf(const std::string& node) const; // of the collapsed group that hides it; empty = none does

    CommentItem* comment(const std::string& id) const;
    GroupItem* group(const std::string& id) const;

signals:
    void hiddenChanged(); // isHidden() or boxOf() differs for some node

private:
    void syncComments();
    void syncGroups();
    void selectItems();
    void showRates();

    Workbench& workbench_;
    CanvasScene& scene_;
    NodeRect nodeRect_;
    std::map<std::string, CommentItem*> comments_;
    std::map<std::string, GroupItem*> groups_;
    std::map<std::string, QRectF> hidden_; // node -> the box that stands for it
};

} // namespace streamwright::gui
