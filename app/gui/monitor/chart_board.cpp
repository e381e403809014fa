// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/chart_board.h"

#include <QScrollBar>
#include <cmath>

namespace streamwright::gui {

namespace {

constexpr int kGap = 6;
constexpr double kSecond = 1e6; // in microseconds

Time at(Time start, double secondsOfRun) { return start + Duration(static_cast<std::int64_t>(secondsOfRun * kSecond)); }

std::vector<QPointF> pointsOf(const std::vector<SeriesPoint>& points, Time start)
{
    std::vector<QPointF> out;
    out.reserve(points.size());
    for (const SeriesPoint& point : points)
        out.emplace_back(inSeconds(point.time - start), point.value);
    return out;
}

// The most columns that fit; fewer where there is height for all charts and they would stand like towers.
int columnsFor(const QSize& room, int leastWidth, int leastHeight, int count)
{
    constexpr double kShape = 1.6; // width to height that reads well
    int best = std::clamp(room.width() / leastWidth, 1, count);
    const auto strangeness = [&](int columns) {
        const int rows = (count + columns - 1) / columns;
        const double height = static_cast<double>(room.height()) / rows;
        return height < leastHeight ? 1e9
                                    : std::abs(std::log(static_cast<double>(room.width()) / columns / height / kShape));
    };
    for (int columns = best - 1; columns >= 1; --columns)
        if (strangeness(columns) < strangeness(best)) best = columns;
    return best;
}

std::string keyOf(const SeriesId& id) { return id.node + "/" + id.metric + "/" + id.part; }

} // namespace

// What is put to the run, by value.
struct ChartBoard::Question {
    std::vector<std::string> nodes;
    std::vector<std::vector<SeriesId>> pins;
    std::set<std::string> unseen; // charts that need no data
    double from = 0, to = 0; // seconds of the run
    std::size_t points = 0;
    std::shared_ptr<const KeptRun> baseline;
};

ChartBoard::ChartBoard(Workbench& workbench, TimeWindow& window, QWidget* parent)
    : QScrollArea(parent),
      workbench_(workbench),
      window_(window),
      inquiry_(workbench.run, this, [this] { refresh(); }),
      page_(new QWidget),
      empty_(new QLabel(page_))
{
    setObjectName("chartBoard");
    setAccessibleName(tr("Charts"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(page_);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setObjectName("chartsEmpty");
    connect(&window, &TimeWindow::changed, this, &ChartBoard::refresh);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ChartBoard::refresh);
    connect(&workbench.selection, &Selection::changed, this, [this] {
        refresh();
        emit scopeChanged();
    });
    connect(&workbench.document, &DocumentModel::changed, this, [this] {
        if (workbench_.run.hasRun()) refresh();
    });
    connect(&workbench.document, &DocumentModel::opened, this, [this] {
        baseline_.reset();
        takeAnswer({});
    });
    sayEmpty();
}

std::vector<std::string> ChartBoard::selectedNodes() const
{
    const Selected& selected = workbench_.selection.get();
    std::set<std::string> nodes = selected.nodes;
    // Of an edge: both of its ends.
    if (nodes.empty())
        for (const Edge& edge : workbench_.document.pipeline().edges)
            if (selected.edges.contains(edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort))) {
                nodes.insert(edge.fromNode);
                nodes.insert(edge.toNode);
            }
    return {nodes.begin(), nodes.end()};
}

QString ChartBoard::scope() const
{
    const std::vector<std::string> nodes = selectedNodes();
    if (nodes.empty()) return tr("Whole pipeline");
    if (nodes.size() == 1) return QString::fromStdString(nodes[0]);
    return tr("%1 nodes").arg(nodes.size());
}

void ChartBoard::refresh()
{
    if (!isVisible()) return;
    sayEmpty();
    Question question;
    question.nodes = selectedNodes();
    question.pins = pins();
    question.from = window_.from();
    question.to = window_.to();
    question.baseline = baseline_;
    question.points = 400;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
        if (i == 0) question.points = charts_[i]->pointsWanted();
        if (charts_[i]->visibleRegion().isEmpty() && shown_[i].hasData) question.unseen.insert(shown_[i].plan.key);
    }
    inquiry_.put([&registry = workbench_.document.registry(),
                  question = std::move(question)](Engine& engine) { return answer(engine, registry, question); },
                 [this](std::vector<Shown> shown) { takeAnswer(std::move(shown)); });
}

std::vector<ChartBoard::Shown> ChartBoard::answer(Engine& engine, const Registry& registry, const Question& question)
{
    const Time start = engine.now() - engine.elapsed();
    std::vector<Shown> out;
    for (const std::vector<SeriesId>& pin : question.pins)
        out.push_back({chartOf(engine, registry, pin), true, false, {}});
    for (PlannedChart& plan :
         planCharts(engine, registry, question.nodes, at(start, question.from), at(start, question.to))) {
        // A pinned chart does not stand there twice.
        const bool pinned = std::any_of(out.begin(), out.end(), [&](const Shown& shown) {
            return shown.pinned && shown.plan.lines.size() == plan.lines.size() &&
                   std::equal(plan.lines.begin(), plan.lines.end(), shown.plan.lines.begin(),
                              [](const PlannedLine& a, const PlannedLine& b) { return a.query.id == b.query.id; });
        });
        if (!pinned) out.push_back({std::move(plan), false, false, {}});
    }
    for (Shown& shown : out) {
        if (question.unseen.contains(shown.plan.key)) continue;
        shown.data = dataOf(engine, registry, shown.plan, question);
        shown.hasData = true;
    }
    return out;
}

ChartData ChartBoard::dataOf(Engine& engine, const Registry& registry, const PlannedChart& plan,
                             const Question& question)
{
    const Time start = engine.now() - engine.elapsed();
    std::vector<SeriesQuery> queries;
    for (const PlannedLine& line : plan.lines)
        queries.push_back(line.query);
    ChartData data;
    data.key = plan.key;
    data.title = QString::fromStdString(plan.title);
    if (plan.more > 0) data.note = tr("+ %1 more").arg(plan.more);
    const std::vector<SeriesData> series = streamwright::series(engine, registry, queries, at(start, question.from),
                                                                at(start, question.to), question.points);
    for (std::size_t i = 0; i < series.size() && i < plan.lines.size(); ++i) {
        ChartLine line;
        line.key = keyOf(plan.lines[i].query.id);
        line.label = QString::fromStdString(plan.lines[i].label);
        line.points = pointsOf(series[i].points, start);
        if (question.baseline)
            line.baseline =
                pointsOf(keptPoints(*question.baseline, plan.lines[i].query.id,
                                    Duration(static_cast<std::int64_t>(question.from * kSecond)),
                                    Duration(static_cast<std::int64_t>(question.to * kSecond)), question.points),
                         question.baseline->start);
        if (data.unit.isEmpty()) data.unit = QString::fromStdString(series[i].unit);
        if (plan.limited && data.limit.empty()) data.limit = pointsOf(series[i].limit, start);
        data.lines.push_back(std::move(line));
    }
    return data;
}

void ChartBoard::takeAnswer(std::vector<Shown> shown)
{
    const bool same =
        std::equal(shown.begin(), shown.end(), shown_.begin(), shown_.end(),
                   [](const Shown& a, const Shown& b) { return a.plan.key == b.plan.key && a.pinned == b.pinned; });
    while (charts_.size() > shown.size()) {
        charts_.back()->hide();
        spare_.push_back(charts_.back());
        charts_.pop_back();
    }
    while (charts_.size() < shown.size()) {
        TimeChart* chart = nullptr;
        if (spare_.empty()) {
            chart = new TimeChart(window_, page_);
            connect(chart, &TimeChart::pinWanted, this, [this, chart](bool on) { pin(chart->data().key, on); });
        } else {
            chart = spare_.back();
            spare_.pop_back();
        }
        charts_.push_back(chart);
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        // Out of sight it keeps what it had.
        const bool moved = i >= shown_.size() || shown_[i].plan.key != shown[i].plan.key;
        if (shown[i].hasData) {
            charts_[i]->setData(std::move(shown[i].data));
        } else if (moved) {
            ChartData blank;
            blank.key = shown[i].plan.key;
            blank.title = QString::fromStdString(shown[i].plan.title);
            charts_[i]->setData(std::move(blank));
        } else {
            shown[i].hasData = shown_[i].hasData;
        }
        if (!same) charts_[i]->setPinned(shown[i].pinned);
        charts_[i]->show();
    }
    shown_ = std::move(shown);
    if (!same) layOut();
    sayEmpty();
}

void ChartBoard::layOut()
{
    const int em = fontMetrics().height();
    const QSize room = viewport()->size();
    const int count = std::max(1, static_cast<int>(charts_.size()));
    const int leastHeight = std::clamp(room.height(), em * 5, em * 9); // a low panel shows one chart whole
    const int columns = columnsFor(room, em * 19, leastHeight, count);
    const int rows = (count + columns - 1) / columns;
    const int rowsInSight = std::clamp(room.height() / leastHeight, 1, rows);
    const int height = std::max((room.height() - kGap * (rowsInSight - 1)) / rowsInSight, leastHeight);
    const int width = (room.width() - kGap * (columns - 1)) / columns;
    for (int i = 0; i < static_cast<int>(charts_.size()); ++i)
        charts_[static_cast<std::size_t>(i)]->setGeometry((i % columns) * (width + kGap),
                                                          (i / columns) * (height + kGap), width, height);
    page_->resize(room.width(), std::max(room.height(), rows * (height + kGap) - kGap));
    verticalScrollBar()->setSingleStep(height / 3);
    verticalScrollBar()->setPageStep(height + kGap);
    empty_->setGeometry(QRect({}, room));
}

void ChartBoard::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    layOut();
    refresh();
}

void ChartBoard::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    refresh();
}

void ChartBoard::sayEmpty()
{
    empty_->setVisible(charts_.empty());
    if (workbench_.document.pipeline().nodes.empty())
        empty_->setText(tr("Put nodes on the canvas and run them: their rates, limits and delays are charted here."));
    else if (!workbench_.run.hasRun())
        empty_->setText(tr("Run the pipeline to see its rates, limits and delays here."));
    else
        empty_->setText(tr("The first seconds of the run are on their way."));
}

void ChartBoard::setBaseline(std::shared_ptr<const KeptRun> run)
{
    baseline_ = std::move(run);
    refresh();
}

void ChartBoard::addPinned(std::vector<SeriesId> series)
{
    if (series.empty()) return;
    PinnedChart chart;
    for (SeriesId& id : series)
        chart.series.push_back({std::move(id.node), std::move(id.part), std::move(id.metric)});
    if (std::ranges::find(workbench_.document.pipeline().charts, chart.series, &PinnedChart::series) ==
        workbench_.document.pipeline().charts.end())
        workbench_.document.edit(tr("Pin chart"),
                                 [&](Pipeline& pipeline) { pipeline.charts.push_back(std::move(chart)); });
    verticalScrollBar()->setValue(0);
}

std::vector<std::vector<SeriesId>> ChartBoard::pins() const
{
    std::vector<std::vector<SeriesId>> all;
    for (const PinnedChart& chart : workbench_.document.pipeline().charts) {
        all.emplace_back();
        for (const MetricName& series : chart.series)
            all.back().push_back({series.node, series.part, series.metric});
    }
    return all;
}

void ChartBoard::pin(const std::string& key, bool on)
{
    for (const Shown& shown : shown_) {
        if (shown.plan.key != key || shown.pinned == on) continue;
        std::vector<SeriesId> series;
        for (const PlannedLine& line : shown.plan.lines)
            series.push_back(line.query.id);
        if (on) return addPinned(std::move(series));
        const std::vector<std::vector<SeriesId>> all = pins();
        // A chart shows the first lines of very many.
        const auto is = [&](const std::vector<SeriesId>& pin) {
            return pin.size() >= series.size() && std::equal(series.begin(), series.end(), pin.begin());
        };
        const auto at = std::ranges::find_if(all, is) - all.begin();
        if (at == std::ssize(all)) continue;
        return workbench_.document.edit(
            tr("Unpin chart"), [&](Pipeline& pipeline) { pipeline.charts.erase(pipeline.charts.begin() + at); });
    }
}

} // namespace streamwright::gui
