// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasScene: the document as items: nodes and edges, and whatever others add for comments and groups. Follows the
// document by differences, keeps the selected items and Workbench::selection the same, shows the live view on what is
// visible. Changes no document. GUI thread.
#pragma once

#include <QGraphicsScene>
#include <QTimer>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/gui/canvas/edge_item.h"
#include "app/gui/canvas/node_item.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit CanvasScene(Workbench& workbench, QObject* parent = nullptr);
    ~CanvasScene() override;

    Workbench& workbench() const { return workbench_; }
    const std::unordered_map<std::string, NodeItem*>& nodes() const { return nodes_; }
    const std::unordered_map<std::string, EdgeItem*>& edges() const { return edges_; }
    NodeItem* node(const std::string& id) const;
    EdgeItem* edge(const std::string& key) const;
    const std::vector<EdgeItem*>& edgesOf(const std::string& node) const; // both directions
    const NodeKind* kindOf(const std::string& node) const; // null when unknown; without a search through the drawing

    NodeItem* nodeAt(QPointF position) const; // the uppermost whose card holds the point
    EdgeItem* edgeAt(QPointF position) const;
    std::pair<NodeItem*, const PortFace*> portAt(QPointF position) const; // within reach; nulls when there is none
    QColor flatColour(const NodeItem& node) const; // when seen from afar
    QColor flatColour(const EdgeItem& edge) const;
    QRectF frameOf(const std::string& node) const; // of the collapsed group that hides it; null when none does

    const NodeLive* stateOf(const std::string& node) const; // of the live view; null when nothing runs
    NodeFaceLive liveOf(const NodeItem& node) const; // now, in sight or not
    QRectF drawingRect() const; // of everything shown; null when there is nothing
    QRectF selectionRect() const;
    // Of the node that the keyboard is at: the only one selected; "" = none.
    std::string currentNode() const;

    void selectOnly(const QGraphicsItem& item);
    // On the canvas only, as a gesture goes on; the document follows at its end.
    void moveNode(const std::string& node, QPointF position);
    // Frames of groups do not reach for these members, which are being dragged out. Until the next call.
    void leaveFrames(std::set<std::string> nodes);
    const std::set<std::string>& outOfFrames() const { return outOfFrames_; }
    void setEdgeStyle(EdgeStyle style);
    EdgeStyle edgeStyle() const { return style_; }
    // A node that a collapsed group stands for is hidden; its edges end at the frame. Until the next call.
    void foldNodes(std::unordered_map<std::string, QRectF> frames);
    void flash(const std::string& nodeOrEdge);
    // What is visible shows the newest live view; the view calls it when something came into sight.
    void freshen(const QRectF& visible);

signals:
    void liveShown(); // the live view is a new one
    void synced(); // the items follow a changed document
    void nodesMoved(); // by moveNode or leaveFrames

private:
    void sync();
    struct NodeChanges {
        bool comeOrGone = false;
        std::vector<std::string> faces; // nodes that look otherwise now
    };
    NodeChanges syncNodes();
    void syncEdges();
    void fitEdge(EdgeItem& edge);
    void syncProblems();
    template <typename Items>
    void removeAllBut(Items& items, const std::unordered_set<std::string>& kept);
    void dropLostSelection();
    void takeSelection();
    void giveSelection();
    void route(EdgeItem& edge);
    EdgeFaceLive liveOf(const EdgeItem& edge) const;
    void fade();

    Workbench& workbench_;
    std::unordered_map<std::string, NodeItem*> nodes_;
    std::unordered_map<std::string, EdgeItem*> edges_;
    std::unordered_map<std::string, std::vector<EdgeItem*>> edgesOf_;
    std::unordered_map<std::string, Node> shown_; // as the items show them
    std::vector<Edge> shownEdges_; // likewise
    bool troubled_ = false; // some item shows problems
    std::unordered_map<std::string, QRectF> frames_;
    std::set<std::string> outOfFrames_;
    EdgeStyle style_ = EdgeStyle::Curved;
    bool selecting_ = false;
    std::string flashed_; // a node's id or an edge's key
    double flashLeft_ = 0;
    QTimer flashTimer_;
};

} // namespace streamwright::gui
