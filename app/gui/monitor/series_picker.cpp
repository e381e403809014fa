// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/series_picker.h"

#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/monitor/number_text.h"
#include "app/session/chart_plan.h"

namespace streamwright::gui {

namespace {
constexpr int kIndex = Qt::UserRole; // into infos_
constexpr std::size_t kMostParts = 500; // of a metric, in the tree
} // namespace

SeriesPicker::SeriesPicker(Workbench& workbench, QWidget* parent)
    : QDialog(parent),
      search_(new QLineEdit),
      tree_(new QTreeWidget),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Cancel))
{
    setObjectName("seriesPicker");
    setWindowTitle(tr("Add a chart"));
    setAttribute(Qt::WA_DeleteOnClose);
    search_->setObjectName("seriesSearch");
    search_->setAccessibleName(tr("Search metrics"));
    search_->setPlaceholderText(tr("Search nodes and metrics"));
    search_->setClearButtonEnabled(true);
    tree_->setObjectName("seriesTree");
    tree_->setAccessibleName(tr("Metrics of all nodes"));
    tree_->setHeaderLabels({tr("Metric"), tr("Unit")});
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    QPushButton* add = buttons_->addButton(tr("Add chart"), QDialogButtonBox::AcceptRole);
    add->setObjectName("addChosen");
    add->setEnabled(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(search_);
    layout->addWidget(tree_, 1);
    layout->addWidget(buttons_);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 26);
    connect(search_, &QLineEdit::textChanged, this, &SeriesPicker::filter);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons_, &QDialogButtonBox::accepted, this, &SeriesPicker::add);
    connect(tree_, &QTreeWidget::itemChanged, this, [this, add] {
        bool any = false;
        for (QTreeWidgetItemIterator it(tree_, QTreeWidgetItemIterator::Checked); *it; ++it)
            any = true;
        add->setEnabled(any);
    });
    workbench.run.ask(
        this,
        [&registry = workbench.document.registry()](Engine& engine) {
            std::vector<SeriesInfo> all;
            const auto plan = engine.plan();
            for (const NodeSetup& node : plan->nodes)
                for (SeriesInfo& info : seriesOf(engine, registry, node.id))
                    all.push_back(std::move(info));
            return all;
        },
        [this](const std::vector<SeriesInfo>& infos) { fill(infos); });
}

void SeriesPicker::fill(const std::vector<SeriesInfo>& infos)
{
    infos_ = infos;
    const QSignalBlocker quiet(tree_);
    std::map<std::string, QTreeWidgetItem*> nodes;
    std::map<std::pair<std::string, std::string>, QTreeWidgetItem*> metrics;
    for (std::size_t i = 0; i < infos_.size(); ++i) {
        const SeriesInfo& info = infos_[i];
        QTreeWidgetItem*& node = nodes[info.id.node];
        if (!node) {
            node = new QTreeWidgetItem(tree_, {QString::fromStdString(info.id.node)});
            node->setFlags(Qt::ItemIsEnabled);
            node->setExpanded(true);
        }
        QTreeWidgetItem*& metric = metrics[{info.id.node, info.id.metric}];
        if (metric && static_cast<std::size_t>(metric->childCount()) >= kMostParts) continue;
        const QString name = QString::fromStdString(info.id.part.empty() ? info.title : shortPart(info.id.part));
        auto* item = new QTreeWidgetItem(metric ? metric : node, {name, unitText(QString::fromStdString(info.unit))});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, Qt::Unchecked);
        item->setData(0, kIndex, static_cast<qulonglong>(i));
        item->setToolTip(0, QString::fromStdString(info.id.metric + (info.help.empty() ? "" : ": " + info.help)));
        if (!metric) metric = item;
    }
}

void SeriesPicker::filter(const QString& text)
{
    // A metric shows when it or its node fits; its parts come with it.
    for (int n = 0; n < tree_->topLevelItemCount(); ++n) {
        QTreeWidgetItem* node = tree_->topLevelItem(n);
        const bool whole = node->text(0).contains(text, Qt::CaseInsensitive);
        bool any = whole;
        for (int m = 0; m < node->childCount(); ++m) {
            QTreeWidgetItem* metric = node->child(m);
            const bool fits = whole || metric->text(0).contains(text, Qt::CaseInsensitive) ||
                              metric->toolTip(0).contains(text, Qt::CaseInsensitive);
            metric->setHidden(!fits);
            any = any || fits;
        }
        node->setHidden(!any);
    }
}

void SeriesPicker::add()
{
    std::map<std::string, std::vector<SeriesId>> byUnit;
    for (QTreeWidgetItemIterator it(tree_, QTreeWidgetItemIterator::Checked); *it; ++it) {
        const SeriesInfo& info = infos_.at((*it)->data(0, kIndex).toULongLong());
        byUnit[info.unit].push_back(info.id);
    }
    for (const auto& [unit, series] : byUnit)
        emit chosen(series);
    accept();
}

} // namespace streamwright::gui
