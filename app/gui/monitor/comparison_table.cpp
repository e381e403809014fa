// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/comparison_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>
#include <cmath>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/row_list.h"
#include "app/gui/theme/theme.h"
#include "app/session/chart_plan.h"

namespace streamwright::gui {

namespace {

enum Column { Node, Metric, TotalBefore, TotalAfter, Change, PeakBefore, PeakAfter, ColumnCount };
constexpr double kWorthAColour = 0.01;

class Row : public QTreeWidgetItem {
public:
    using QTreeWidgetItem::QTreeWidgetItem;
    bool operator<(const QTreeWidgetItem& other) const override
    {
        const int column = treeWidget()->sortColumn();
        if (column <= Metric) return text(column) < other.text(column);
        return data(column, Qt::UserRole).toDouble() < other.data(column, Qt::UserRole).toDouble();
    }
};

// With the things that are counted: "4.5 k records/s".
QString figureText(double value, const QString& unit)
{
    const QString base = unit.section('/', 0, 0);
    static const QStringList said = {"", "Count", "Bytes", "Milliseconds", "Seconds", "Percent"};
    return said.contains(base) ? valueText(value, unit) : valueText(value, base) + " " + unit;
}

void setFigure(QTreeWidgetItem& row, int column, const std::optional<RunFigures>& figures, double RunFigures::*figure,
               const QString& unit)
{
    row.setText(column, figures ? figureText((*figures).*figure, unit) : QString("-"));
    row.setData(column, Qt::UserRole, figures ? (*figures).*figure : -1);
    row.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

QString changeText(const SeriesDifference& difference)
{
    if (!difference.before) return ComparisonTable::tr("new");
    if (!difference.after) return ComparisonTable::tr("gone");
    const double delta = difference.after->total - difference.before->total;
    if (delta == 0) return "=";
    const auto change = difference.change();
    if (!change) return ComparisonTable::tr("from 0");
    const double percent = *change * 100;
    return QString("%1%2 %")
        .arg(percent > 0 ? "+" : "\u2212")
        .arg(std::abs(percent), 0, 'f', std::abs(percent) < 10 ? 1 : 0);
}

QString runText(const KeptRun& run)
{
    return ComparisonTable::tr("%1 (%2, seed %3)")
        .arg(QString::fromStdString(run.label), runTimeText(inSeconds(run.elapsed)))
        .arg(run.seed);
}

QString propertyText(const PropertyDifference& difference)
{
    const QString node = QString::fromStdString(difference.node);
    if (difference.pointer.empty())
        return difference.before.empty() ? ComparisonTable::tr("%1 is new").arg(node)
                                         : ComparisonTable::tr("%1 is gone").arg(node);
    const auto shown = [](const std::string& value) {
        return value.empty() ? ComparisonTable::tr("default") : QString::fromStdString(value);
    };
    return QString("%1.%2: %3 \u2192 %4")
        .arg(node, QString::fromStdString(difference.pointer).mid(1).replace('/', '.'), shown(difference.before),
             shown(difference.after));
}

} // namespace

ComparisonTable::ComparisonTable(QWidget* parent)
    : QWidget(parent),
      head_(new QLabel),
      differing_(new QCheckBox(tr("Differences only"))),
      parts_(new QCheckBox(tr("Shards and consumers"))),
      table_(new QTreeWidget),
      empty_(new QLabel),
      stack_(new QStackedWidget)
{
    head_->setObjectName("comparisonHead");
    head_->setWordWrap(true);
    head_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    differing_->setObjectName("differencesOnly");
    differing_->setChecked(true);
    parts_->setObjectName("comparisonParts");
    makeRowList(*table_, "comparisonTable", tr("Differences between the baseline and this run"));
    table_->setHeaderLabels(
        {tr("Node"), tr("Metric"), tr("Baseline"), tr("This run"), tr("Change"), tr("Baseline peak"), tr("Peak")});
    table_->setSortingEnabled(true);
    table_->sortByColumn(-1, Qt::AscendingOrder);
    table_->header()->setStretchLastSection(false);
    table_->header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 10);
    for (int column = 0; column < ColumnCount; ++column) {
        table_->header()->setSectionResizeMode(column,
                                               column == Metric ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
        if (column > Metric) table_->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    table_->setStyleSheet("QTreeView::item { padding: 2px 0; }");
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setObjectName("comparisonEmpty");
    stack_->addWidget(empty_);
    stack_->addWidget(table_);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(4, 2, 4, 2);
    line->addWidget(head_, 1);
    auto* choices = new QVBoxLayout; // beside the lines of the head
    choices->setSpacing(2);
    choices->addWidget(differing_);
    choices->addWidget(parts_);
    line->addLayout(choices);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(stack_, 1);
    connect(differing_, &QCheckBox::toggled, this, &ComparisonTable::fill);
    connect(parts_, &QCheckBox::toggled, this, &ComparisonTable::fill);
    connect(&Theme::instance(), &Theme::changed, this, &ComparisonTable::fill);
    fill();
}

void ComparisonTable::setBaseline(std::shared_ptr<const KeptRun> baseline)
{
    baseline_ = std::move(baseline);
    fill();
}

void ComparisonTable::setRun(KeptRun run)
{
    run_ = std::move(run);
    fill();
}

void ComparisonTable::forgetRun()
{
    run_.reset();
    table_->verticalScrollBar()->setValue(0);
    fill();
}

void ComparisonTable::fill()
{
    const bool both = baseline_ && run_;
    for (QWidget* widget :
         {static_cast<QWidget*>(head_), static_cast<QWidget*>(differing_), static_cast<QWidget*>(parts_)})
        widget->setVisible(both);
    if (!both) {
        empty_->setText(
            baseline_ ? tr("The baseline is kept. Change something and run again: the differences will stand here.")
                      : tr("Keep a run as baseline, change something and run again: the differences will stand here."));
        stack_->setCurrentIndex(0);
        return;
    }
    const RunComparison comparison = compareRuns(*baseline_, *run_);
    QStringList changed;
    for (const PropertyDifference& difference : comparison.properties)
        changed.append(propertyText(difference).toHtmlEscaped());
    const QString span = runTimeText(inSeconds(comparison.span));
    const bool alike = std::max(baseline_->elapsed, run_->elapsed) - comparison.span < seconds(1);
    head_->setText(tr("<b>Baseline</b> %1. <b>Changed since:</b> %2<br>%3")
                       .arg(runText(*baseline_).toHtmlEscaped(), changed.isEmpty() ? tr("nothing") : changed.join("; "),
                            (alike ? tr("<b>Compared:</b> all %1 of both runs.")
                                   : tr("<b>Compared:</b> the first %1 of both runs."))
                                .arg(span)));
    const int scrolled = table_->verticalScrollBar()->value();
    table_->setSortingEnabled(false);
    table_->clear();
    QList<QTreeWidgetItem*> rows;
    for (const SeriesDifference& difference : comparison.series) {
        if (!parts_->isChecked() && !difference.id.part.empty()) continue;
        if (differing_->isChecked() && difference.before == difference.after) continue;
        auto* row = new Row;
        const QString unit = QString::fromStdString(difference.unit);
        row->setText(Node,
                     QString::fromStdString(difference.id.node +
                                            (difference.id.part.empty() ? "" : " " + shortPart(difference.id.part))));
        row->setText(Metric, QString::fromStdString(difference.title));
        row->setToolTip(Metric, QString::fromStdString(difference.id.metric));
        const QString totalUnit = difference.counted ? unit.section('/', 0, 0) : unit;
        setFigure(*row, TotalBefore, difference.before, &RunFigures::total, totalUnit);
        setFigure(*row, TotalAfter, difference.after, &RunFigures::total, totalUnit);
        setFigure(*row, PeakBefore, difference.before, &RunFigures::peak, unit);
        setFigure(*row, PeakAfter, difference.after, &RunFigures::peak, unit);
        row->setText(Change, changeText(difference));
        const double change = difference.change().value_or(difference.before == difference.after ? 0 : 1e9);
        row->setData(Change, Qt::UserRole, change);
        row->setTextAlignment(Change, Qt::AlignRight | Qt::AlignVCenter);
        if (std::abs(change) >= kWorthAColour) row->setForeground(Change, colour(Theme::Accent));
        rows.append(row);
    }
    table_->addTopLevelItems(rows);
    table_->setSortingEnabled(true);
    table_->verticalScrollBar()->setValue(scrolled);
    if (rows.isEmpty()) empty_->setText(tr("No metric differs: both runs went the same way."));
    stack_->setCurrentIndex(rows.isEmpty() ? 0 : 1);
}

} // namespace streamwright::gui
