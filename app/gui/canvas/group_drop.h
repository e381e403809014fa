// SPDX-License-Identifier: GPL-3.0-or-later
// GroupDrop: into which group's frame dragged nodes would be let go, or out of which. The frames are those of the
// beginning, so that a frame does not run after its own node; the frame under the cursor glows. A member leaves when its
// card and the cursor are wholly beyond the frame. Nodes of a group that is moved as a whole stay in it. Part of a gesture. GUI thread.
#pragma once

#include <QPointer>

#include "app/gui/canvas/canvas_scene.h"
#include "app/gui/canvas/group_item.h"

namespace streamwright::gui {

class GroupDrop {
public:
    // nodes: those dragged one by one; empty for one that does not exist yet.
    GroupDrop(CanvasScene& scene, std::set<std::string> nodes);
    ~GroupDrop();

    // Where the cursor is, the dragged cards being there already. stay: memberships remain as they are.
    void follow(QPointF cursor, bool stay = false);
    const std::string& group() const { return group_; } // that it would be let go into; "" = none
    bool changes() const { return !joining_.empty() || !leaving_.empty(); }
    QString words() const; // "into Readers"; "" when nothing would change
    void apply(Pipeline& pipeline) const; // as followed last

private:
    struct Frame {
        std::string id;
        QRectF box;
        QPointer<GroupItem> item;
        std::set<std::string> members;
        bool open = true; // to be let go into
    };
    std::set<std::string> draggedOf(const Frame& frame) const;
    void mark(const Frame* frame);

    CanvasScene& scene_;
    const std::set<std::string> nodes_;
    std::vector<Frame> frames_; // small ones first; those moved as a whole are not among them
    std::string group_;
    std::set<std::string> joining_, leaving_;
};

} // namespace streamwright::gui
