// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/heat_panel.h"

#include <QHBoxLayout>
#include <QSplitter>

#include "app/gui/monitor/heat_legend.h"
#include "app/gui/monitor/number_text.h"
#include "app/session/chart_plan.h"

namespace streamwright::gui {

namespace {

constexpr Duration kLookAround = seconds(15); // keys of a cell alone would be too few to judge by

// Whether the kind says how much each of its parts takes, and the most it can.
bool hasLimitedParts(const NodeKind& kind)
{
    return std::any_of(kind.metrics.begin(), kind.metrics.end(), [](const MetricKind& metric) {
        return metric.role == MetricRole::In && !metric.part.empty() && metric.limit;
    });
}

} // namespace

HeatPanel::HeatPanel(Workbench& workbench, TimeWindow& window, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      window_(window),
      inquiry_(workbench.run, this, [this] { refresh(); }),
      nodes_(new QComboBox),
      map_(new HeatMapView(window)),
      keys_(new KeyPanel(workbench)),
      empty_(new QLabel),
      stack_(new QStackedWidget)
{
    nodes_->setObjectName("heatNode");
    nodes_->setAccessibleName(tr("Stream shown"));
    nodes_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    nodes_->setMinimumWidth(fontMetrics().averageCharWidth() * 12); // however long the names are
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setObjectName("heatEmpty");
    auto* head = new QHBoxLayout;
    head->setContentsMargins(4, 2, 4, 2);
    head->addWidget(nodes_);
    head->addStretch();
    head->addWidget(new HeatLegend);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(map_, 1);
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(keys_);
    split->setStretchFactor(0, 1);
    split->setSizes({1000, fontMetrics().averageCharWidth() * 52});
    split->setChildrenCollapsible(false);
    stack_->addWidget(empty_);
    stack_->addWidget(split);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(nodes_, &QComboBox::currentIndexChanged, this, [this] {
        map_->select({});
        keys_->clear();
        refresh();
    });
    connect(map_, &HeatMapView::cellChosen, this, &HeatPanel::explain);
    connect(&window, &TimeWindow::changed, this, &HeatPanel::refresh);
    connect(&workbench.document, &DocumentModel::changed, this, &HeatPanel::listNodes);
    connect(&workbench.selection, &Selection::changed, this, &HeatPanel::followSelection);
    connect(&workbench.run, &RunBridge::runStarted, this, [this] {
        map_->select({});
        keys_->clear();
        takeMap({}, {});
    });
    listNodes();
    takeMap({}, {});
}

void HeatPanel::listNodes()
{
    QStringList names;
    for (const Node& node : workbench_.document.pipeline().nodes)
        if (const auto* entry = workbench_.document.registry().find(node.kind); entry && hasLimitedParts(entry->kind))
            names.append(QString::fromStdString(node.id));
    QStringList old;
    for (int i = 0; i < nodes_->count(); ++i)
        old.append(nodes_->itemText(i));
    if (names == old && !names.isEmpty()) return;
    const QString current = nodes_->currentText();
    {
        const QSignalBlocker quiet(nodes_);
        nodes_->clear();
        nodes_->addItems(names);
        nodes_->setCurrentIndex(std::max<int>(0, static_cast<int>(names.indexOf(current))));
    }
    nodes_->setVisible(names.size() > 0);
    if (map_->map().rows.empty()) takeMap({}, {});
    followSelection();
}

void HeatPanel::followSelection()
{
    for (const std::string& node : workbench_.selection.get().nodes)
        if (const int index = nodes_->findText(QString::fromStdString(node)); index >= 0)
            nodes_->setCurrentIndex(index);
}

void HeatPanel::refresh()
{
    if (!isVisible() || node().empty()) return;
    inquiry_.put(
        [&registry = workbench_.document.registry(), node = node(), from = window_.from(), to = window_.to(),
         columns = map_->columnsWanted()](Engine& engine) {
            const Time start = engine.now() - engine.elapsed();
            const auto at = [start](double t) {
                return start + Duration(static_cast<std::int64_t>(std::max(t, 0.0) * 1e6));
            };
            const Time end = std::min(at(to), engine.now());
            const Time begin = std::min(at(from), end);
            return std::pair(heatMap(engine, registry, node, begin, end, columns), start);
        },
        [this](std::pair<HeatMap, Time> answer) { takeMap(std::move(answer.first), answer.second); });
}

void HeatPanel::takeMap(HeatMap map, Time start)
{
    const bool any = !map.rows.empty() && map.columns > 0;
    if (any || !workbench_.run.hasRun() || nodes_->count() == 0)
        empty_->setText(nodes_->count() == 0
                            ? tr("Put a stream with shards on the canvas to see how its load spreads over them.")
                            : tr("Run the pipeline to see the load of every shard, second by second."));
    else
        empty_->setText(tr("The first seconds of the run are on their way."));
    map_->setMap(std::move(map), start);
    stack_->setCurrentIndex(any ? 1 : 0);
}

void HeatPanel::explain(const HeatMapView::Cell& cell)
{
    const HeatMap& map = map_->map();
    const HeatRow& row = map.rows.at(cell.row);
    const Time at = map.from + map.column * static_cast<std::int64_t>(cell.column);
    keys_->explain(node(), row.part, map_->describe(cell), at - kLookAround, at + std::max(map.column, seconds(1)));
}

} // namespace streamwright::gui
