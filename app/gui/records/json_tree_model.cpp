// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/json_tree_model.h"

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

// More children than that are told by their number: nobody reads them in a tree.
constexpr std::size_t kMostChildren = 5000;

// The beginning of an object on a line, for lists of them.
QString brief(const Json& object)
{
    constexpr int kLetters = 160;
    QStringList members;
    int letters = 0;
    for (const auto& [name, value] : object.items()) {
        const QString text = value.is_structured() ? QStringLiteral("…")
                             : value.is_string()   ? QString::fromStdString(value.get_ref<const std::string&>())
                                                   : QString::fromStdString(value.dump());
        members << QString("%1: %2").arg(QString::fromStdString(name), text.left(kLetters));
        letters += static_cast<int>(members.last().size());
        if (letters > kLetters) break;
    }
    return members.join("  ");
}

QString valueText(const Json& value)
{
    if (value.is_string()) return QString::fromStdString(value.get_ref<const std::string&>());
    if (value.is_object()) return value.empty() ? QStringLiteral("{ }") : QString();
    if (value.is_array())
        return value.empty()       ? QStringLiteral("[ ]")
               : value.size() == 1 ? JsonTreeModel::tr("1 item")
                                   : JsonTreeModel::tr("%1 items").arg(value.size());
    return QString::fromStdString(value.dump());
}

QColor valueColour(const Json& value)
{
    if (value.is_string()) return colour(Theme::Series2);
    if (value.is_number()) return colour(Theme::Series0);
    if (value.is_boolean()) return colour(Theme::Series4);
    return colour(Theme::TextMuted);
}

} // namespace

struct JsonTreeModel::Item {
    const Json* value = nullptr;
    QString name;
    const Item* parent = nullptr;
    int row = 0;
    mutable std::vector<std::unique_ptr<Item>> children;

    int count() const
    {
        return value && value->is_structured() ? static_cast<int>(std::min(value->size(), kMostChildren)) : 0;
    }
    const Item& child(int at) const
    {
        if (children.empty()) {
            auto element = value->items().begin();
            for (int i = 0; i < count(); ++i, ++element)
                children.push_back(
                    std::make_unique<Item>(Item{&element.value(), QString::fromStdString(element.key()), this, i, {}}));
        }
        return *children[static_cast<std::size_t>(at)];
    }
};

JsonTreeModel::JsonTreeModel(QObject* parent) : QAbstractItemModel(parent), root_(std::make_unique<Item>())
{
    connect(&Theme::instance(), &Theme::changed, this, [this] { emit layoutChanged(); });
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setValue(std::shared_ptr<const Json> value)
{
    beginResetModel();
    value_ = std::move(value);
    root_ = std::make_unique<Item>();
    root_->value = value_.get();
    endResetModel();
}

const JsonTreeModel::Item& JsonTreeModel::itemOf(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<const Item*>(index.constInternalPointer()) : *root_;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Item& item = itemOf(parent);
    if (row < 0 || row >= item.count() || column < 0 || column > 1) return {};
    return createIndex(row, column, &item.child(row));
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const
{
    const Item* parent = itemOf(child).parent;
    return !parent || parent == root_.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : itemOf(parent).count();
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Item& item = itemOf(index);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        if (index.column() == 0) return item.name;
        const bool listed = item.value->is_object() && !item.value->empty() && item.parent->value->is_array();
        return listed ? brief(*item.value) : valueText(*item.value);
    }
    if (role == Qt::ForegroundRole) return index.column() == 0 ? colour(Theme::TextMuted) : valueColour(*item.value);
    return {};
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == 0 ? tr("Field") : tr("Value");
}

} // namespace streamwright::gui
