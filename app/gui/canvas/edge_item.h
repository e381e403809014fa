// SPDX-License-Identifier: GPL-3.0-or-later
// EdgeItem: an edge on the canvas: its line, arrow and live label. Made, routed and kept up to date by CanvasScene.
// GUI thread.
#pragma once

#include <QColor>
#include <QLineF>

#include "app/gui/canvas/canvas_items.h"
#include "app/gui/canvas/edge_path.h"
#include "app/session/live_view.h"
#include "core/graph/pipeline.h"

namespace streamwright::gui {

// What of a run an edge shows.
struct EdgeFaceLive {
    bool shown = false;
    bool flows = false;
    int fill = 0; // per cent
    QString label;
    bool operator==(const EdgeFaceLive&) const = default;
};

QColor fillColour(double share); // green, amber, red

enum class EdgeMark { None, Hovered, DropTarget, Faint };

class EdgeItem : public QGraphicsItem {
public:
    EdgeItem(const std::string& key, const Edge& edge);

    int type() const override { return kEdgeItem; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const std::string& key() const { return key_; }
    const std::string& fromNode() const { return fromNode_; }
    const std::string& fromPort() const { return fromPort_; }
    const std::string& toNode() const { return toNode_; }
    const std::string& toPort() const { return toPort_; }
    QPointF from() const { return from_; }
    QPointF to() const { return to_; }
    QPointF middle() const { return route_.middle; }
    const QString& trouble() const { return trouble_; }
    const EdgeFaceLive& live() const { return live_; }

    bool endsAt(QPointF from, QPointF to) const { return from == ends_.p1() && to == ends_.p2(); }
    void route(QPointF from, QPointF to, EdgeStyle style);
    void setLive(EdgeFaceLive live);
    void setMark(EdgeMark mark);
    void setFlash(double flash);
    void setTrouble(const QString& trouble); // its problems, a line each
    bool disabled() const { return disabled_; } // an end is disabled: left out of runs
    void setDisabled(bool disabled);

private:
    QColor inkColour() const;
    void paintLabel(QPainter& painter) const;

    const std::string key_, fromNode_, fromPort_, toNode_, toPort_;
    QLineF ends_; // from port to port
    QPointF from_, to_; // of the line that is seen
    EdgeRoute route_;
    QRectF bounds_;
    mutable QPainterPath shape_;
    EdgeFaceLive live_;
    EdgeMark mark_ = EdgeMark::None;
    double flash_ = 0;
    QString trouble_;
    bool disabled_ = false;
};

} // namespace streamwright::gui
