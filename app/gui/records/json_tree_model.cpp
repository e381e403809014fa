// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/json_tree_model.h"

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

// More children than that are told by their number: nobody reads them in a tree.
constexpr std::size_t kMostChildren = 5000;

QString valueText(const Json& value)
{
    if (value.is_string()) return QString::fromStdString(value.get_ref<const std::string&>());
    if (value.is_object()) return value.empty() ? QStringLiteral("{ }") : QString();
    if (value.is_array())
        return value.empty() ? QStringLiteral("[ ]")
                             : JsonTreeModel::tr("%n item(s)", "", static_cast<int>(value.size()));
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
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return index.column() == 0 ? item.name : valueText(*item.value);
    if (role == Qt::ForegroundRole) return index.column() == 0 ? colour(Theme::TextMuted) : valueColour(*item.value);
    return {};
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == 0 ? tr("Field") : tr("Value");
}

} // namespace streamwright::gui
