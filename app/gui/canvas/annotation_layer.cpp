// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/annotation_layer.h"

#include <QTimer>

#include "app/gui/canvas/comment_item.h"
#include "app/gui/canvas/figure_text.h"
#include "app/gui/canvas/group_item.h"

namespace streamwright::gui {

namespace {

template <typename Items, typename Wanted>
void removeAllBut(Items& items, const Wanted& wanted)
{
    for (auto entry = items.begin(); entry != items.end();) {
        const bool kept =
            std::any_of(wanted.begin(), wanted.end(), [&](const auto& item) { return item.id == entry->first; });
        if (!kept) delete entry->second;
        entry = kept ? std::next(entry) : items.erase(entry);
    }
}

template <typename Items>
auto* found(const Items& items, const std::string& id)
{
    const auto entry = items.find(id);
    return entry == items.end() ? nullptr : entry->second;
}

} // namespace

AnnotationLayer::AnnotationLayer(Workbench& workbench, CanvasScene& scene, NodeRect nodeRect, QObject* parent)
    : QObject(parent),
      workbench_(workbench),
      scene_(scene),
      nodeRect_(std::move(nodeRect))
{
    connect(&scene, &CanvasScene::nodesMoved, this, &AnnotationLayer::syncGroups);
    connect(&workbench.selection, &Selection::changed, this, &AnnotationLayer::selectItems);
    connect(&workbench.run, &RunBridge::liveChanged, this, &AnnotationLayer::showRates);
    connect(&workbench.run, &RunBridge::stateChanged, this, &AnnotationLayer::showRates);
    QTimer::singleShot(0, this, &AnnotationLayer::sync); // when the canvas listens
}

AnnotationLayer::~AnnotationLayer() = default;

void AnnotationLayer::sync()
{
    syncComments();
    syncGroups();
    selectItems();
}

void AnnotationLayer::syncComments()
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    const QSignalBlocker quiet(scene_); // a deleted item leaves the selection with the document
    removeAllBut(comments_, pipeline.comments);
    for (const Comment& comment : pipeline.comments) {
        CommentItem*& item = comments_[comment.id];
        if (item)
            item->setComment(comment);
        else
            scene_.addItem(item = new CommentItem(workbench_, comment));
    }
}

void AnnotationLayer::syncGroups()
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    std::map<std::string, QRectF> hidden;
    {
        const QSignalBlocker quiet(scene_);
        removeAllBut(groups_, pipeline.groups);
    }
    for (const Group& group : pipeline.groups) {
        QRectF around;
        for (const std::string& node : group.nodes)
            if (!scene_.outOfFrames().contains(node)) around |= nodeRect_(node);
        GroupItem*& item = groups_[group.id];
        if (!item) scene_.addItem(item = new GroupItem(workbench_, group));
        item->setGroup(group, around);
        item->setVisible(!around.isEmpty());
        if (!group.collapsed) continue;
        for (const std::string& node : group.nodes)
            hidden[node] = item->box();
    }
    showRates();
    if (hidden == hidden_) return;
    hidden_ = std::move(hidden);
    emit hiddenChanged();
}

void AnnotationLayer::selectItems()
{
    const Selected selected = workbench_.selection.get();
    const QSignalBlocker quiet(scene_);
    for (const auto& [id, item] : comments_)
        item->setSelected(selected.comments.contains(id));
    for (const auto& [id, item] : groups_)
        item->setSelected(selected.groups.contains(id));
}

// What crosses the frame, summed; of a group that nothing enters or leaves, what its nodes do.
void AnnotationLayer::showRates()
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    const LiveView& live = workbench_.run.live();
    const bool running = workbench_.run.hasRun() && !live.nodes.empty();
    for (const Group& group : pipeline.groups) {
        GroupItem* item = this->group(group.id);
        if (!item) continue;
        const std::set<std::string> inside(group.nodes.begin(), group.nodes.end());
        double in = 0, out = 0, all = 0;
        bool enters = false, leaves = false;
        NodeState worst = NodeState::Stopped;
        for (const Edge& edge : pipeline.edges) {
            const bool from = inside.contains(edge.fromNode), to = inside.contains(edge.toNode);
            if (from == to) continue;
            const auto rate = live.edges.find(edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort));
            (to ? enters : leaves) = true;
            if (rate != live.edges.end()) (to ? in : out) += rate->second.recordsPerSecond;
        }
        for (const std::string& node : group.nodes) {
            const auto state = live.nodes.find(node);
            if (state == live.nodes.end()) continue;
            worst = std::max(worst, state->second.state);
            all += state->second.rate;
        }
        QStringList parts;
        if (enters) parts << tr("in %1/s").arg(shortNumber(in));
        if (leaves) parts << tr("out %1/s").arg(shortNumber(out));
        if (parts.isEmpty()) parts << tr("%1/s").arg(shortNumber(all));
        item->setRates(running ? parts.join(QString::fromUtf8(" \u00b7 ")) : QString(), worst, running);
    }
}

QRectF AnnotationLayer::boxOf(const std::string& node) const
{
    const auto entry = hidden_.find(node);
    return entry == hidden_.end() ? QRectF() : entry->second;
}

CommentItem* AnnotationLayer::comment(const std::string& id) const { return found(comments_, id); }
GroupItem* AnnotationLayer::group(const std::string& id) const { return found(groups_, id); }

} // namespace streamwright::gui
