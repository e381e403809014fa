// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/group_drop.h"

#include "app/session/annotations.h"

namespace streamwright::gui {

GroupDrop::GroupDrop(CanvasScene& scene, std::set<std::string> nodes) : scene_(scene), nodes_(std::move(nodes))
{
    const Pipeline& pipeline = scene.workbench().document.pipeline();
    if (pipeline.groups.empty()) return;
    for (QGraphicsItem* item : scene.items()) {
        if (item->type() != kGroupItem || !item->isVisible()) continue;
        auto* frame = static_cast<GroupItem*>(item);
        const Group* group = findGroup(pipeline, itemId(*item));
        if (!group) continue;
        std::set<std::string> members(group->nodes.begin(), group->nodes.end());
        if (frame->isSelected() || std::includes(nodes_.begin(), nodes_.end(), members.begin(), members.end()))
            continue;
        frames_.push_back({group->id, frame->box(), frame, std::move(members)});
    }
    // Where frames overlap, a member that is moved within its own is not let go into the other one by chance.
    const bool anyMember =
        std::any_of(frames_.begin(), frames_.end(), [this](const Frame& frame) { return !draggedOf(frame).empty(); });
    for (Frame& frame : frames_)
        frame.open = !anyMember || !draggedOf(frame).empty();
    std::sort(frames_.begin(), frames_.end(), [](const Frame& a, const Frame& b) {
        return a.box.width() * a.box.height() < b.box.width() * b.box.height();
    });
}

GroupDrop::~GroupDrop()
{
    mark(nullptr);
    scene_.leaveFrames({});
}

void GroupDrop::follow(QPointF cursor, bool stay)
{
    for (Frame& frame : frames_)
        frame.open |= !frame.box.contains(cursor);
    const auto under = std::find_if(frames_.begin(), frames_.end(), [&](const Frame& frame) {
        return !stay && frame.open && frame.box.contains(cursor);
    });
    const Frame* into = under == frames_.end() ? nullptr : &*under;
    group_ = into ? into->id : "";
    joining_.clear();
    leaving_.clear();
    if (into)
        std::set_difference(nodes_.begin(), nodes_.end(), into->members.begin(), into->members.end(),
                            std::inserter(joining_, joining_.end()));
    std::set<std::string> apart;
    for (const Frame& frame : frames_) {
        if (stay || &frame == into) continue;
        for (const std::string& node : draggedOf(frame))
            if (into || (!frame.box.contains(cursor) && !scene_.node(node)->card().intersects(frame.box)))
                apart.insert(node);
    }
    if (!into) leaving_ = apart;
    scene_.leaveFrames(std::move(apart));
    mark(into && (nodes_.empty() || !joining_.empty()) ? into : nullptr);
}

std::set<std::string> GroupDrop::draggedOf(const Frame& frame) const
{
    std::set<std::string> dragged;
    std::set_intersection(nodes_.begin(), nodes_.end(), frame.members.begin(), frame.members.end(),
                          std::inserter(dragged, dragged.end()));
    return dragged;
}

void GroupDrop::mark(const Frame* frame)
{
    for (const Frame& each : frames_)
        if (each.item) each.item->setGlowing(&each == frame);
}

QString GroupDrop::words() const
{
    const Pipeline& pipeline = scene_.workbench().document.pipeline();
    const auto titleOf = [](const Group* group) { return group ? QString::fromStdString(group->title) : QString(); };
    if (!joining_.empty()) return QObject::tr("into %1").arg(titleOf(findGroup(pipeline, group_)));
    if (!leaving_.empty()) return QObject::tr("out of %1").arg(titleOf(groupOf(pipeline, *leaving_.begin())));
    return {};
}

void GroupDrop::apply(Pipeline& pipeline) const
{
    if (!joining_.empty()) putIntoGroup(pipeline, group_, joining_);
    if (!leaving_.empty()) takeOutOfGroups(pipeline, leaving_);
}

} // namespace streamwright::gui
