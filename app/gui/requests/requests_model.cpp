// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/requests/requests_model.h"

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

QIcon fateIcon(RequestFate fate)
{
    switch (fate) {
    case RequestFate::Done:
        return Theme::instance().icon("ok", colour(Theme::Ok));
    case RequestFate::Limited:
        return Theme::instance().icon("warning", colour(Theme::Throttling));
    case RequestFate::Refused:
    case RequestFate::Failed:
        break;
    }
    return Theme::instance().icon("error", colour(Theme::Failing));
}

QVariant fateColour(RequestFate fate)
{
    if (fate == RequestFate::Done) return {};
    return colour(fate == RequestFate::Limited ? Theme::Throttling : Theme::Failing);
}

// "12:03:07.250" of the run, with days where there are any.
QString runTime(Duration elapsed)
{
    const std::int64_t ms = elapsed.count() / 1000;
    const QString clock = QTime::fromMSecsSinceStartOfDay(static_cast<int>(ms % 86'400'000)).toString("HH:mm:ss.zzz");
    return ms >= 86'400'000 ? QString("%1d %2").arg(ms / 86'400'000).arg(clock) : clock;
}

} // namespace

void RequestsModel::add(std::vector<RequestLogEntry> entries)
{
    if (entries.empty()) return;
    newest_ = entries.back().number;
    if (entries.size() >= kMost) { // nothing of what was shown stays
        beginResetModel();
        entries_.assign(std::make_move_iterator(entries.rbegin()),
                        std::make_move_iterator(entries.rbegin() + static_cast<std::ptrdiff_t>(kMost)));
        endResetModel();
        return;
    }
    if (const std::size_t all = entries_.size() + entries.size(); all > kMost) {
        const std::size_t kept = kMost - entries.size();
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(entries_.size()) - 1);
        entries_.resize(kept);
        endRemoveRows();
    }
    beginInsertRows({}, 0, static_cast<int>(entries.size()) - 1);
    for (RequestLogEntry& entry : entries)
        entries_.push_front(std::move(entry));
    endInsertRows();
}

void RequestsModel::clear()
{
    beginResetModel();
    entries_.clear();
    endResetModel();
}

void RequestsModel::restart()
{
    clear();
    newest_ = 0;
}

int RequestsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

QString RequestsModel::text(const RequestLogEntry& entry, int column) const
{
    switch (column) {
    case TimeColumn:
        return runTime(entry.time - start_);
    case Action:
        return entry.action.empty() ? tr("not known") : QString::fromStdString(entry.action);
    case Resource:
        return QString::fromStdString(entry.resource);
    case Result:
        return entry.error.empty() ? QString::number(entry.status)
                                   : QString("%1 %2").arg(entry.status).arg(QString::fromStdString(entry.error));
    case Took:
        return QString::fromStdString(durationInWords(entry.duration));
    case Client:
        return QString::fromStdString(entry.client);
    default:
        return QString::fromStdString(entry.reason);
    }
}

QString RequestsModel::line(int row) const
{
    QStringList words;
    for (int column = 0; column < ColumnCount; ++column)
        words += text(entry(row), column);
    return words.join('\t');
}

QVariant RequestsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const RequestLogEntry& entry = this->entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        if (index.column() == TimeColumn) return QString::fromStdString(isoTime(entry.time));
        return entry.reason.empty() ? text(entry, index.column()) : text(entry, Result) + "\n" + text(entry, Why);
    case Qt::DecorationRole:
        return index.column() == Result ? QVariant(fateIcon(fateOf(entry))) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == Result || index.column() == Why) return fateColour(fateOf(entry));
        if (index.column() == TimeColumn || index.column() == Client) return colour(Theme::TextMuted);
        return {};
    case Qt::TextAlignmentRole:
        return index.column() == Took ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::AccessibleTextRole:
        return line(index.row()).replace('\t', ", ");
    default:
        return {};
    }
}

QVariant RequestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case TimeColumn:
        return tr("Time of the run");
    case Action:
        return tr("Action");
    case Resource:
        return tr("Resource");
    case Result:
        return tr("Answer");
    case Took:
        return tr("Took");
    case Client:
        return tr("Client");
    default:
        return tr("Why");
    }
}

void RequestsFilter::setText(const QString& text)
{
    text_ = text.toLower().toStdString();
    invalidateFilter();
}

void RequestsFilter::setShown(Shown shown)
{
    shown_ = shown;
    invalidateFilter();
}

bool RequestsFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const RequestLogEntry& entry = static_cast<const RequestsModel*>(sourceModel())->entry(row);
    const RequestFate fate = fateOf(entry);
    if (shown_ == Troubled && fate == RequestFate::Done) return false;
    if (shown_ == OnlyLimited && fate != RequestFate::Limited) return false;
    if (text_.empty()) return true;
    const auto alike = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    const auto holds = [&](const std::string& words) {
        return std::search(words.begin(), words.end(), text_.begin(), text_.end(), alike) != words.end();
    };
    return holds(entry.action) || holds(entry.resource) || holds(entry.error) || holds(entry.reason) ||
           holds(entry.client);
}

} // namespace streamwright::gui
