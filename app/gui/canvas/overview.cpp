// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/overview.h"

#include <QHash>

namespace streamwright::gui {

namespace {

QColor noteColour(const std::string& name)
{
    if (name == "blue") return colour(Theme::NoteBlue);
    if (name == "green") return colour(Theme::NoteGreen);
    if (name == "red") return colour(Theme::NoteRed);
    if (name == "grey") return colour(Theme::NoteGrey);
    return colour(Theme::NoteYellow);
}

void paintNotesAndGroups(QPainter& painter, const CanvasScene& scene)
{
    const Pipeline& pipeline = scene.workbench().document.pipeline();
    painter.setPen(Qt::NoPen);
    for (const Comment& comment : pipeline.comments)
        painter.fillRect(QRectF(comment.x, comment.y, comment.width, comment.height), noteColour(comment.colour));
    for (const Group& group : pipeline.groups) {
        QRectF frame;
        for (const std::string& id : group.nodes)
            if (const NodeItem* node = scene.node(id)) frame |= group.collapsed ? scene.frameOf(id) : node->card();
        QPen pen(colour(Theme::GroupFrame), 1);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setBrush(group.collapsed ? QBrush(colour(Theme::GroupFrame)) : QBrush());
        painter.drawRect(frame.adjusted(-12, -12, 12, 12));
    }
}

} // namespace

void paintOverview(QPainter& painter, const CanvasScene& scene, const QRectF& exposed)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintNotesAndGroups(painter, scene);

    QHash<QRgb, QList<QLineF>> lines;
    for (const auto& [key, edge] : scene.edges()) {
        const QLineF line(edge->from(), edge->to());
        if (!edge->isVisible() || !QRectF(line.p1(), line.p2()).normalized().adjusted(-1, -1, 1, 1).intersects(exposed))
            continue;
        lines[scene.flatColour(*edge).rgba()].append(line);
    }
    for (auto entry = lines.cbegin(); entry != lines.cend(); ++entry) {
        painter.setPen(QPen(QColor::fromRgba(entry.key()), 0));
        painter.drawLines(entry.value());
    }

    QHash<QRgb, QList<QRectF>> cards;
    for (const auto& [id, node] : scene.nodes()) {
        const QRectF card = node->card();
        if (!node->isVisible() || !card.intersects(exposed)) continue;
        const bool marked = node->isSelected() || node->look().flash > 0;
        cards[marked ? colour(Theme::Accent).rgba() : scene.flatColour(*node).rgba()].append(card);
    }
    painter.setPen(Qt::NoPen);
    for (auto entry = cards.cbegin(); entry != cards.cend(); ++entry) {
        painter.setBrush(QColor::fromRgba(entry.key()));
        painter.drawRects(entry.value());
    }
}

} // namespace streamwright::gui
