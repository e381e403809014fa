// SPDX-License-Identifier: GPL-3.0-or-later
// WiringTool: a wire hangs at a port and follows the cursor: what it may be joined with glows, the rest fades and says why
// not. Makes a new edge, or gives an edge another end. The rules are those of app/session/wiring.h. GUI thread.
#pragma once

#include <functional>

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/canvas_scene.h"
#include "app/session/wiring.h"

namespace streamwright::gui {

// The end of a wire that stays where it is.
struct HeldWire {
    WireEnd end;
    bool isInput = false;
    std::string replacing; // key of the edge whose other end is moved; "" = a new edge
};

// The edge that would join the held end with another port: from, to.
std::pair<WireEnd, WireEnd> wireEnds(const HeldWire& held, const WireEnd& other);
// One step of undo; the edge is selected.
void joinWire(Workbench& bench, const HeldWire& held, const WireEnd& other);

class WiringTool : public CanvasGesture {
public:
    // dropped: a new wire was let go over nothing. visible: the part of the scene in sight.
    WiringTool(CanvasScene& scene, HeldWire held, const QRectF& visible, const Pointer& pointer,
               std::function<void(const HeldWire&, const Pointer&)> dropped);
    ~WiringTool() override;

    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override { }
    void paint(QPainter& painter) override;

private:
    void markTargets(const QRectF& visible);
    void findTarget(const Pointer& pointer);

    CanvasScene& scene_;
    const HeldWire held_;
    const std::function<void(const HeldWire&, const Pointer&)> dropped_;
    QPointF heldAt_;
    Pointer pointer_;
    std::vector<std::string> marked_;
    std::optional<WireEnd> target_; // it fits
    std::string over_; // the node under the cursor
    QString label_;
};

} // namespace streamwright::gui
