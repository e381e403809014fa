// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/event_model.h"

#include <QPainter>
#include <QPixmap>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr std::size_t kMost = 5000;
constexpr int kMarkSize = 16;

QIcon markIcon(TimelineEvent::Kind kind)
{
    QPixmap pixmap(kMarkSize * 2, kMarkSize * 2);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEventMark(painter, kind, {kMarkSize / 2.0, kMarkSize / 2.0}, 11);
    return pixmap;
}

} // namespace

void EventModel::clear()
{
    beginResetModel();
    marks_.clear();
    lastNumber_ = 0;
    endResetModel();
}

void EventModel::append(std::vector<TimeLine::Mark> marks)
{
    std::erase_if(marks, [this](const TimeLine::Mark& mark) { return mark.event.number <= lastNumber_; });
    if (marks.empty()) return;
    lastNumber_ = marks.back().event.number;
    const auto begin = static_cast<int>(marks_.size());
    beginInsertRows({}, begin, begin + static_cast<int>(marks.size()) - 1);
    std::move(marks.begin(), marks.end(), std::back_inserter(marks_));
    endInsertRows();
    if (marks_.size() <= kMost) return;
    const auto gone = static_cast<std::ptrdiff_t>(marks_.size() - kMost);
    beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
    marks_.erase(marks_.begin(), marks_.begin() + gone);
    endRemoveRows();
}

int EventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(marks_.size());
}
int EventModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    const TimeLine::Mark& mark = marks_.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::DecorationRole && index.column() == Kind) return markIcon(mark.event.kind);
    if (role == Qt::ToolTipRole && index.column() == Text) return QString::fromStdString(mark.event.text);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case At:
        return runTimeText(mark.seconds);
    case Node:
        return mark.event.node.empty() ? tr("the run") : QString::fromStdString(mark.event.node);
    case Kind:
        return eventName(mark.event.kind);
    default:
        return QString::fromStdString(mark.event.text);
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return QStringList{tr("Time"), tr("Node"), tr("Kind"), tr("What happened")}.value(section);
}

} // namespace streamwright::gui
