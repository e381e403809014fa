// SPDX-License-Identifier: GPL-3.0-or-later
// KindDrop: a kind dragged in from the palette: at the release it is a node, put into the wire that it lies on and into the
// group whose frame is under the cursor. GUI thread.
#pragma once

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/group_drop.h"
#include "app/gui/canvas/wire_drop.h"

namespace streamwright::gui {

class KindDrop : public CanvasGesture {
public:
    KindDrop(CanvasScene& scene, std::string kind);

    const std::string& kind() const { return kind_; }
    const WireDrop& wire() const { return wire_; }
    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override { }
    void paint(QPainter& painter) override;

private:
    CanvasScene& scene_;
    const std::string kind_;
    WireDrop wire_;
    GroupDrop groups_;
    Pointer pointer_;
};

} // namespace streamwright::gui
