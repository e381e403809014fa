// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/move_gesture.h"

#include <cmath>

#include "app/gui/canvas/cursor_label.h"
#include "app/gui/canvas/node_faces.h"
#include "app/session/pipeline_edits.h"

namespace streamwright::gui {

MoveGesture::MoveGesture(CanvasScene& scene, QGraphicsItem& grabbed, const Pointer& pointer)
    : scene_(scene),
      start_(pointer.at),
      grabbedFrom_(grabbed.type() == kGroupItem ? QPointF(0, 0) : grabbed.pos()),
      pointer_(pointer),
      groups_(scene, scene.workbench().selection.get().nodes)
{
    const Selected& selected = scene.workbench().selection.get();
    for (const std::string& id : selected.nodes)
        if (const NodeItem* item = scene.node(id)) nodes_[id] = item->pos();
    for (const Group& group : scene.workbench().document.pipeline().groups)
        if (selected.groups.contains(group.id))
            for (const std::string& id : group.nodes)
                if (const NodeItem* item = scene.node(id)) nodes_[id] = item->pos();
    for (QGraphicsItem* item : scene.selectedItems())
        if (item->type() == kCommentItem) {
            comments_[itemId(*item)] = item->pos();
            commentItems_.push_back(item);
        }
    if (nodes_.size() == 1 && scene.edgesOf(nodes_.begin()->first).empty())
        wire_.emplace(scene, [this, id = nodes_.begin()->first](const std::string& edge) -> Result<void> {
            const DocumentModel& document = scene_.workbench().document;
            if (const auto ports = spliceable(document.pipeline(), document.registry(), id, edge); !ports)
                return ports.problem();
            return {};
        });
}

void MoveGesture::move(const Pointer& pointer)
{
    pointer_ = pointer;
    QPointF by = pointer.at - start_;
    const QVariant snapping = scene_.property("snapToGrid"); // the Arrange menu's switch; Alt is the other way round
    if ((!snapping.isValid() || snapping.toBool()) != bool(pointer.modifiers & Qt::AltModifier)) {
        const QPointF to = grabbedFrom_ + by;
        by = QPointF(std::round(to.x() / kGridStep) * kGridStep, std::round(to.y() / kGridStep) * kGridStep) -
             grabbedFrom_;
    }
    if (by != by_) {
        place(by);
        findGuides();
        if (wire_) wire_->follow(scene_.node(nodes_.begin()->first)->card());
    }
    groups_.follow(pointer.at, bool(pointer.modifiers & Qt::ShiftModifier));
}

void MoveGesture::place(QPointF by)
{
    by_ = by;
    for (const auto& [id, from] : nodes_)
        scene_.moveNode(id, from + by);
    for (QGraphicsItem* item : commentItems_)
        item->setPos(comments_.at(itemId(*item)) + by);
}

// Lines through the edges and the middle of a single moved node where another visible node has the same.
void MoveGesture::findGuides()
{
    guides_.clear();
    if (nodes_.size() != 1) return;
    const QRectF card = scene_.node(nodes_.begin()->first)->card();
    constexpr double kFar = 900;
    std::optional<QLineF> vertical, horizontal; // one each: the nearest neighbour's
    const auto nearer = [](const std::optional<QLineF>& old, const QLineF& line) {
        return !old || line.length() < old->length();
    };
    for (const QGraphicsItem* item :
         scene_.items(card.adjusted(-kFar, -kFar, kFar, kFar), Qt::IntersectsItemBoundingRect)) {
        if (item->type() != kNodeItem || nodes_.contains(itemId(*item))) continue;
        const QRectF other = static_cast<const NodeItem*>(item)->card();
        const QRectF both = card | other;
        if (other.left() == card.left()) {
            const QLineF line(card.left(), both.top() - 12, card.left(), both.bottom() + 12);
            if (nearer(vertical, line)) vertical = line;
        }
        if (other.top() == card.top()) {
            const QLineF line(both.left() - 12, card.center().y(), both.right() + 12, card.center().y());
            if (nearer(horizontal, line)) horizontal = line;
        }
    }
    for (const auto& line : {vertical, horizontal})
        if (line) guides_.push_back(*line);
}

void MoveGesture::release(const Pointer& pointer)
{
    move(pointer);
    guides_.clear();
    if (by_.isNull()) return;
    Workbench& bench = scene_.workbench();
    const std::string into = wire_ ? wire_->edge() : "";
    const QString refusal = wire_ ? wire_->refusal() : QString();
    bench.document.endGesture();
    bench.document.edit(what(), [&](Pipeline& pipeline) {
        std::unordered_map<std::string, QPointF> places = nodePlaces(pipeline);
        for (const auto& [id, from] : nodes_)
            places[id] = from + by_;
        setNodePlaces(pipeline, places);
        if (!into.empty()) splice(pipeline, bench.document.registry(), nodes_.begin()->first, into);
        groups_.apply(pipeline);
        for (Comment& comment : pipeline.comments)
            if (const auto from = comments_.find(comment.id); from != comments_.end()) {
                comment.x = from->second.x() + by_.x();
                comment.y = from->second.y() + by_.y();
            }
    });
    if (!refusal.isEmpty()) emit bench.message(refusal);
}

QString MoveGesture::what() const
{
    const std::size_t count = nodes_.size() + comments_.size();
    const QString moved = count == 1 && nodes_.size() == 1
                              ? QObject::tr("Move %1").arg(QString::fromStdString(nodes_.begin()->first))
                              : QObject::tr("Move %n parts", nullptr, static_cast<int>(count));
    return groups_.changes() ? moved + ' ' + groups_.words() : moved;
}

void MoveGesture::cancel() { place({}); }

void MoveGesture::paint(QPainter& painter)
{
    QPen pen(colour(Theme::Accent), 1, Qt::DashLine);
    pen.setCosmetic(true);
    painter.setPen(pen);
    for (const QLineF& line : guides_)
        painter.drawLine(line);
    if (wire_ && !wire_->refusal().isEmpty())
        paintCursorLabel(painter, pointer_.inViewport, wire_->refusal(), colour(Theme::Failing));
    else if (groups_.changes())
        paintCursorLabel(painter, pointer_.inViewport, groups_.words(), colour(Theme::Ok));
}

} // namespace streamwright::gui
