// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/log_model.h"

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Information:
        return QObject::tr("Information");
    case Severity::Warning:
        return QObject::tr("Warning");
    case Severity::Error:
        break;
    }
    return QObject::tr("Error");
}

QIcon severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Information:
        return Theme::instance().icon("information", colour(Theme::TextMuted));
    case Severity::Warning:
        return Theme::instance().icon("warning", colour(Theme::Throttling));
    case Severity::Error:
        break;
    }
    return Theme::instance().icon("error", colour(Theme::Failing));
}

} // namespace

void LogModel::add(const std::vector<Event>& events)
{
    const std::size_t begin = events.size() > kMost ? events.size() - kMost : 0;
    const std::size_t fresh = events.size() - begin;
    if (fresh == 0) return;
    if (const std::size_t all = events_.size() + fresh; all > kMost) {
        const std::size_t gone = all - kMost;
        beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
        events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(gone));
        endRemoveRows();
    }
    beginInsertRows({}, static_cast<int>(events_.size()), static_cast<int>(events_.size() + fresh) - 1);
    events_.insert(events_.end(), events.begin() + static_cast<std::ptrdiff_t>(begin), events.end());
    endInsertRows();
}

void LogModel::clear()
{
    beginResetModel();
    events_.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(events_.size());
}

// "12:03:07.250" of the run, with days where there are any.
QString LogModel::timeText(Time time) const
{
    const std::int64_t ms = (time - start_).count() / 1000;
    const std::int64_t days = ms / 86'400'000;
    const QString clock = QString("%1:%2:%3.%4")
                              .arg(ms / 3'600'000 % 24, 2, 10, QChar('0'))
                              .arg(ms / 60'000 % 60, 2, 10, QChar('0'))
                              .arg(ms / 1000 % 60, 2, 10, QChar('0'))
                              .arg(ms % 1000, 3, 10, QChar('0'));
    return days > 0 ? QString("%1d %2").arg(days).arg(clock) : clock;
}

QString LogModel::line(int row) const
{
    const Event& event = this->event(row);
    return QStringList{timeText(event.time), severityWord(event.severity), QString::fromStdString(event.node),
                       QString::fromStdString(event.message)}
        .join('\t');
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Event& event = this->event(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == TimeColumn) return timeText(event.time);
        return QString::fromStdString(index.column() == NodeColumn ? event.node : event.message);
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? QString::fromStdString(isoTime(event.time))
                                            : QString::fromStdString(event.message);
    case Qt::DecorationRole:
        return index.column() == TimeColumn ? QVariant(severityIcon(event.severity)) : QVariant();
    case Qt::AccessibleTextRole:
        return line(index.row()).replace('\t', ", ");
    case Qt::ForegroundRole:
        return index.column() == MessageColumn ? QVariant() : QVariant(colour(Theme::TextMuted));
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == TimeColumn ? tr("Time of the run") : section == NodeColumn ? tr("Node") : tr("Event");
}

void LogFilter::setText(const QString& text)
{
    text_ = text;
    invalidateFilter();
}

void LogFilter::setLeast(Severity severity)
{
    least_ = severity;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const Event& event = static_cast<const LogModel*>(sourceModel())->event(row);
    if (event.severity < least_) return false;
    return text_.isEmpty() || QString::fromStdString(event.message).contains(text_, Qt::CaseInsensitive) ||
           QString::fromStdString(event.node).contains(text_, Qt::CaseInsensitive);
}

} // namespace streamwright::gui
