// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/wire_drop.h"

namespace streamwright::gui {

void WireDrop::follow(const QRectF& card)
{
    const QRectF core(card.center() - QPointF(card.width() / 4, card.height() / 4), card.size() / 2);
    std::string into;
    refusal_.clear();
    for (const QGraphicsItem* item : scene_.items(core, Qt::IntersectsItemShape, Qt::DescendingOrder)) {
        if (item->type() != kEdgeItem) continue;
        const std::string key = itemId(*item);
        if (const Result<void>& possible = answer(key)) {
            into = key;
            refusal_.clear();
            break;
        } else if (refusal_.isEmpty()) {
            refusal_ =
                QObject::tr("Does not fit into this wire: %1").arg(QString::fromStdString(possible.problem().message));
        }
    }
    if (into != edge_) mark(into);
}

const Result<void>& WireDrop::answer(const std::string& edge)
{
    const auto known = answers_.find(edge);
    return known == answers_.end() ? answers_.emplace(edge, fits_(edge)).first->second : known->second;
}

void WireDrop::mark(const std::string& edge)
{
    if (EdgeItem* old = scene_.edge(edge_)) old->setMark(EdgeMark::None);
    edge_ = edge;
    if (EdgeItem* now = scene_.edge(edge_)) now->setMark(EdgeMark::DropTarget);
}

} // namespace streamwright::gui
