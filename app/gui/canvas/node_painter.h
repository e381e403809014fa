// SPDX-License-Identifier: GPL-3.0-or-later
// NodePainter: how a node looks: the card, its badge, ports and problem mark, at every level of detail. Knows nothing of
// documents and runs: it paints a NodeFace. GUI thread.
#pragma once

#include <QPainter>
#include <QStaticText>
#include <QString>
#include <string>
#include <vector>

#include "app/session/live_view.h"

namespace streamwright::gui {

inline constexpr double kNodeWidth = 190, kNodeHeight = 72, kPortRadius = 5;

enum class PortMark { None, Hovered, Fits, Dimmed };

struct PortFace {
    std::string name;
    bool isInput = true;
    QPointF at; // in the node's coordinates
    PortMark mark = PortMark::None;
    bool operator==(const PortFace&) const = default;
};

struct NodeFace {
    QString id, title, icon, family;
    QString summary; // of the properties, while nothing runs
    QString trouble; // the node's problems, a line each
    int problems = 0;
    bool unknown = false, disabled = false;
    std::vector<PortFace> ports;
    bool operator==(const NodeFace&) const = default;
};

// What of a run a card shows; compared to see whether it must be painted anew.
struct NodeFaceLive {
    bool shown = false;
    NodeState state = NodeState::Stopped;
    QString rate;
    std::vector<float> trend;
    bool operator==(const NodeFaceLive&) const = default;
};

struct NodeLook {
    bool selected = false;
    bool focused = false; // the keyboard is here
    bool hovered = false;
    double flash = 0; // 1 .. 0 while it fades
    PortMark body = PortMark::None; // while wiring: a drop on the body fits, or nothing here does
};

// Texts laid out once and painted often.
class NodePainter {
public:
    void setFace(const NodeFace& face);
    void setLive(const NodeFaceLive& live);
    void paint(QPainter& painter, const NodeFace& face, const NodeFaceLive& live, const NodeLook& look, double zoom);

private:
    void paintCard(QPainter& painter, const NodeFace& face, const NodeLook& look, double zoom) const;
    void paintTexts(QPainter& painter, const NodeFace& face, const NodeFaceLive& live) const;
    void paintFarName(QPainter& painter, const NodeFace& face, double zoom);

    QStaticText id_, title_, bottom_;
    std::vector<QStaticText> far_; // lines of the id as seen from afar; made when first seen so
    int farZoomSize_ = 0, farSize_ = 0; // of letters at that zoom, and of this name's
};

QColor nodeFlatColour(const NodeFace& face, const NodeFaceLive& live);
void paintStateBadge(QPainter& painter, NodeState state, const QRectF& rect);

} // namespace streamwright::gui
