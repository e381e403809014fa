// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/palette/palette_model.h"

#include <QMimeData>

#include "app/gui/theme/theme.h"
#include "app/session/fuzzy.h"

namespace streamwright::gui {

namespace {

// The title counts most; the name of the kind and its family find it, too; of the help whole pieces of text only.
double scoreOf(const NodeKind& kind, const std::string& query)
{
    double score = std::max(fuzzyScore(query, kind.title) * 2, fuzzyScore(query, kind.name));
    score = std::max(score, fuzzyScore(query, kind.family));
    const QString help = QString::fromStdString(kind.help);
    if (score == 0 && query.size() > 2 && help.contains(QString::fromStdString(query), Qt::CaseInsensitive))
        score = 1e-6;
    return score;
}

} // namespace

QString firstSentence(const std::string& help)
{
    const QString text = QString::fromStdString(help);
    const int end = static_cast<int>(text.indexOf(". "));
    return end < 0 ? text : text.left(end + 1);
}

PaletteModel::PaletteModel(const Registry& registry, QObject* parent) : QAbstractItemModel(parent), registry_(registry)
{
    setQuery({});
}

void PaletteModel::setQuery(const QString& query)
{
    beginResetModel();
    shown_.clear();
    const std::string wanted = query.trimmed().toStdString();
    for (const auto& [name, entry] : registry_.kinds()) {
        const double score = scoreOf(entry.kind, wanted);
        if (score <= 0) continue;
        const QString family = QString::fromStdString(entry.kind.family);
        auto found = std::find_if(shown_.begin(), shown_.end(), [&](const Family& f) { return f.name == family; });
        if (found == shown_.end()) found = shown_.insert(found, Family{family, 0, {}});
        found->score = std::max(found->score, score);
        found->kinds.emplace_back(score, &entry.kind);
    }
    const bool ranked = !wanted.empty();
    for (Family& family : shown_)
        std::stable_sort(family.kinds.begin(), family.kinds.end(), [&](const auto& a, const auto& b) {
            return ranked && a.first != b.first ? a.first > b.first : a.second->title < b.second->title;
        });
    std::stable_sort(shown_.begin(), shown_.end(), [&](const Family& a, const Family& b) {
        return ranked && a.score != b.score ? a.score > b.score : a.name < b.name;
    });
    endResetModel();
}

// The internal id is the family's row plus one for a kind, 0 for a family.
QModelIndex PaletteModel::index(int row, int column, const QModelIndex& parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent)) return {};
    return createIndex(row, 0, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex PaletteModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0) return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) return static_cast<int>(shown_.size());
    if (parent.internalId() != 0) return 0;
    return static_cast<int>(shown_[static_cast<std::size_t>(parent.row())].kinds.size());
}

const NodeKind* PaletteModel::kindAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0) return nullptr;
    return shown_[index.internalId() - 1].kinds[static_cast<std::size_t>(index.row())].second;
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const NodeKind* kind = kindAt(index);
    if (!kind) {
        const QString name = shown_[static_cast<std::size_t>(index.row())].name;
        return role == Qt::DisplayRole || role == FamilyRole || role == Qt::AccessibleTextRole ? name : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(kind->title);
    case Qt::ToolTipRole:
        return QString("<b>%1</b><br>%2<br><br>%3")
            .arg(QString::fromStdString(kind->title).toHtmlEscaped(), QString::fromStdString(kind->name),
                 QString::fromStdString(kind->help).toHtmlEscaped());
    case Qt::DecorationRole:
        return Theme::instance().icon(QString::fromStdString(kind->icon),
                                      Theme::instance().familyColour(QString::fromStdString(kind->family)));
    case Qt::AccessibleTextRole:
        return QString("%1. %2").arg(QString::fromStdString(kind->title), firstSentence(kind->help));
    case KindRole:
        return QString::fromStdString(kind->name);
    case HelpRole:
        return firstSentence(kind->help);
    case FamilyRole:
        return QString::fromStdString(kind->family);
    case IconNameRole:
        return QString::fromStdString(kind->icon);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return kindAt(index) ? flags | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren : flags;
}

QMimeData* PaletteModel::mimeData(const QModelIndexList& indexes) const
{
    for (const QModelIndex& index : indexes)
        if (const NodeKind* kind = kindAt(index)) {
            auto* data = new QMimeData;
            data->setData(kKindMimeType, QByteArray::fromStdString(kind->name));
            data->setText(QString::fromStdString(kind->name));
            return data;
        }
    return nullptr;
}

} // namespace streamwright::gui
