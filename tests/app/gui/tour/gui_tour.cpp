// SPDX-License-Identifier: GPL-3.0-or-later
// The scripted tour: makes a pipeline from an empty canvas by mouse alone, runs it, finds the hot shard, heals it, and saves
// a picture of each stage:  gui_tour FOLDER [light|dark]. Under Xvfb: tests/app/gui/tour/run.sh FOLDER. Exits with 1 at the
// first stage that does not come about.
#include <QtTest>
#include <QtWidgets>
#include <cstdio>

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/canvas/canvas_view.h"
#include "app/gui/monitor/chart_board.h"
#include "app/gui/monitor/heat_map_view.h"
#include "app/gui/shell/english_plurals.h"
#include "app/gui/shell/main_window.h"

namespace {

using namespace streamwright;
using namespace streamwright::gui;

class Tour {
public:
    Tour(MainWindow& window, QString folder) : window_(window), folder_(std::move(folder))
    {
        QObject::connect(&window.workbench().run, &RunBridge::liveChanged, &window, [this] { ++liveViews_; });
    }

    // A stage: what is done, what must come of it, and a picture.
    void stage(const char* name, const std::function<void()>& act, const std::function<bool()>& reached)
    {
        act();
        if (!QTest::qWaitFor(reached, 60'000) || !settled()) {
            window_.grab().save(folder_ + "/failed.png");
            std::fprintf(stderr, "the tour ends: %s has not come about (picture: failed.png)\n", name);
            std::exit(1);
        }
        picture().save(QString("%1/%2-%3.png").arg(folder_).arg(++pictures_, 2, 10, QChar('0')).arg(name));
        std::printf("%2d %s\n", pictures_, name);
        std::fflush(stdout);
    }

    // What follows from it is shown: the charts of the next live view, or a window that does not change any more.
    bool settled()
    {
        if (window_.workbench().run.state() == RunState::Running)
            return QTest::qWaitFor([this, seen = liveViews_] { return liveViews_ >= seen + 2; }, 60'000);
        QImage last;
        return QTest::qWaitFor(
            [&] {
                const QImage before = std::exchange(last, window_.grab().toImage());
                return before == last;
            },
            60'000);
    }

    // With what floats above the window, where there is a real screen.
    QPixmap picture()
    {
        if (QGuiApplication::platformName() != "xcb") return window_.grab();
        return window_.screen()->grabWindow(0, window_.x(), window_.y(), window_.width(), window_.height());
    }

    template <typename Widget = QWidget>
    Widget* find(const QString& name)
    {
        for (Widget* widget : window_.findChildren<Widget*>(name))
            if (widget->isVisible()) return widget;
        std::fprintf(stderr, "the tour ends: there is no visible %s\n", qPrintable(name));
        window_.grab().save(folder_ + "/failed.png");
        std::exit(1);
    }
    void click(const QString& name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    void clickAction(const char* name)
    {
        auto* bar = window_.findChild<QToolBar*>("runBar");
        QTest::mouseClick(bar->widgetForAction(window_.findChild<QAction*>(name)), Qt::LeftButton);
    }
    void openTab(const QString& title)
    {
        for (QTabBar* bar : window_.findChildren<QTabBar*>())
            for (int i = 0; i < bar->count(); ++i)
                if (bar->isVisible() && bar->tabText(i).startsWith(title))
                    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
    }

    CanvasView& view() { return window_.findChild<CanvasPanel*>("canvas")->view(); }
    CanvasScene& scene() { return view().canvas(); }
    QPoint at(QPointF place) { return view().mapFromScene(place); }
    QPoint at(const std::string& node) { return at(scene().node(node)->card().center() + QPointF(0, 18)); }
    void drag(QPoint from, QPoint to)
    {
        QWidget* canvas = view().viewport();
        const auto moveTo = [&](QPoint where) {
            QMouseEvent event(QEvent::MouseMove, where, canvas->mapToGlobal(where), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(canvas, &event);
        };
        QTest::mousePress(canvas, Qt::LeftButton, {}, from);
        for (const double part : {0.2, 0.5, 0.8, 1.0})
            moveTo(from + (to - from) * part);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, to);
    }
    void add(const char* title)
    {
        auto* tree = find<QTreeView>("paletteTree");
        const QModelIndexList found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, title, 1,
                                                           Qt::MatchExactly | Qt::MatchRecursive);
        tree->scrollTo(found.value(0));
        const QPoint place = tree->visualRect(found.value(0)).center();
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    }
    void moveTo(const std::string& node, QPointF place)
    {
        drag(at(node), at(node) + at(place) - at(scene().node(node)->card().topLeft()));
    }
    void wire(const std::string& from, const std::string& to)
    {
        drag(at(scene().node(from)->portPosition("out", false)), at(to));
    }
    void select(const std::string& node) { QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, at(node)); }
    // Scrolls the form to the field and gives its editor.
    template <typename Widget = QWidget>
    Widget* field(const QString& name)
    {
        auto* widget = window_.findChild<Widget*>(name);
        if (!widget) return find<Widget>(name);
        for (QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent)) area->ensureWidgetVisible(widget);
        (void)QTest::qWaitFor([&] { return !widget->visibleRegion().isEmpty(); });
        return widget;
    }
    void slide(const QString& pointer, double share)
    {
        auto* slider = field<QSlider>("slider:" + pointer);
        const QPoint from = slider->rect().center();
        const QPoint to(static_cast<int>(slider->width() * share), from.y());
        QStyleOptionSlider option;
        option.initFrom(slider);
        option.orientation = Qt::Horizontal;
        option.minimum = slider->minimum();
        option.maximum = slider->maximum();
        option.sliderPosition = option.sliderValue = slider->sliderPosition();
        const QPoint handle =
            slider->style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider).center();
        QTest::mousePress(slider, Qt::LeftButton, {}, handle);
        QMouseEvent move(QEvent::MouseMove, to, slider->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(slider, &move);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, to);
    }
    void choose(const QString& pointer, const QString& text)
    {
        auto* box = field<QComboBox>("field:" + pointer);
        QTest::mouseClick(box, Qt::LeftButton, {}, box->rect().center());
        QAbstractItemView* list = box->view();
        (void)QTest::qWaitFor([&] { return list->isVisible(); }, 2000);
        const QModelIndex index = box->model()->index(box->findText(text, Qt::MatchStartsWith), 0);
        list->scrollTo(index);
        // A popup takes no click in the first moments.
        const auto taken = [&] {
            if (!list->isVisible()) return true;
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
            return false;
        };
        (void)QTest::qWaitFor(taken);
    }

    NodeState state(const std::string& node)
    {
        const auto& nodes = window_.workbench().run.live().nodes;
        const auto found = nodes.find(node);
        return found == nodes.end() ? NodeState::Stopped : found->second.state;
    }
    int liveViews() const { return liveViews_; }
    const Pipeline& drawing() { return window_.workbench().document.pipeline(); }

private:
    MainWindow& window_;
    const QString folder_;
    int pictures_ = 0;
    int liveViews_ = 0;
};

void walk(MainWindow& window, const QString& folder)
{
    Tour tour(window, folder);
    RunBridge& run = window.workbench().run;
    tour.stage(
        "welcome", [] {},
        [&] {
            const auto cards = tour.find<QWidget>("welcomePage")->findChildren<QFrame*>("card");
            return !cards.isEmpty() && std::all_of(cards.begin(), cards.end(), [](const QFrame* card) {
                return !card->findChild<QLabel*>("cardPicture")->pixmap(Qt::ReturnByValue).isNull();
            });
        });
    tour.stage(
        "empty-canvas", [&] { tour.click("welcomeNew"); }, [&] { return tour.view().isVisible(); });
    tour.stage(
        "nodes",
        [&] {
            for (const char* kind : {"Producer", "Kinesis data stream", "Consumer"})
                tour.add(kind);
        },
        [&] { return tour.drawing().nodes.size() == 3; });
    const std::string producer = tour.drawing().nodes[0].id, stream = tour.drawing().nodes[1].id,
                      consumer = tour.drawing().nodes[2].id;
    tour.stage(
        "wired",
        [&] {
            const QPointF corner = tour.scene().node(producer)->pos();
            tour.moveTo(stream, corner + QPointF(280, 0));
            tour.moveTo(consumer, corner + QPointF(560, 0));
            tour.wire(producer, stream);
            tour.wire(stream, consumer);
        },
        [&] { return tour.drawing().edges.size() == 2; });
    tour.stage(
        "load",
        [&] {
            tour.select(producer);
            tour.slide("/RecordsPerSecond", 0.5);
            tour.choose("/PartitionKeys/Distribution", "Hot");
        },
        [&] { return tour.drawing().nodes[0].properties.contains("PartitionKeys"); });
    tour.stage(
        "throttling", [&] { tour.clickAction("run"); },
        [&] { return tour.state(stream) == NodeState::Throttling && run.live().elapsed > seconds(20); });
    tour.stage(
        "why",
        [&] {
            QTest::mouseMove(tour.view().viewport(), tour.at(stream));
            QHelpEvent help(QEvent::ToolTip, tour.at(stream), tour.view().viewport()->mapToGlobal(tour.at(stream)));
            QApplication::sendEvent(tour.view().viewport(), &help);
        },
        [] { return QToolTip::isVisible(); });
    tour.stage(
        "heat-map",
        [&] {
            tour.select(stream);
            tour.click("showHeatMapButton");
        },
        [&] {
            const auto* map = window.findChild<HeatMapView*>("heatMap");
            return map->isVisible() && map->cellAt(QPointF(map->rect().center())).has_value();
        });
    tour.stage(
        "hot-keys",
        [&] {
            auto* map = tour.find<HeatMapView>("heatMap");
            QTest::mouseClick(map, Qt::LeftButton, {}, map->rect().center());
        },
        [&] { return !tour.find<QLabel>("keyAdvice")->text().isEmpty(); });
    tour.stage(
        "better-keys",
        [&] {
            tour.select(producer);
            tour.choose("/PartitionKeys/Distribution", "Uniform");
            tour.select(stream);
        },
        [&] { return tour.drawing().nodes[0].properties.dump().find("Hot") == std::string::npos; });
    const auto addShards = [&](int wanted) {
        // The newest cell; its load is that of the even keys once it is some seconds old.
        int asked = 0; // at which live view
        const auto offered = [&] {
            auto* map = tour.find<HeatMapView>("heatMap");
            std::optional<HeatMapView::Cell> newest;
            for (int x = map->width() - 1; x > 0 && !newest; --x)
                newest = map->cellAt(QPointF(x, map->height() / 3.0));
            if (newest && asked != tour.liveViews())
                QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(*newest).center().toPoint());
            asked = tour.liveViews();
            const auto* button = window.findChild<QPushButton*>("addShards");
            return button->isVisible() && button->text().contains(QString::number(wanted));
        };
        if (QTest::qWaitFor(offered, 30'000)) tour.click("addShards");
    };
    const auto shards = [&] { return tour.drawing().nodes[1].properties.value("ShardCount", 1); };
    tour.stage(
        "two-shards", [&] { addShards(2); }, [&] { return shards() == 2; });
    tour.stage(
        "four-shards", [&] { addShards(4); }, [&] { return shards() == 4; });
    tour.stage(
        "healed", [] {}, [&] { return tour.state(stream) == NodeState::Ok; });
    tour.stage(
        "charts", [&] { tour.click("showChartsButton"); },
        [&] {
            const auto charts = tour.find<ChartBoard>("chartBoard")->charts();
            return !charts.empty() && !charts.front()->data().lines.empty();
        });
    tour.stage(
        "records", [&] { QTest::mouseDClick(tour.view().viewport(), Qt::LeftButton, {}, tour.at(stream)); },
        [&] { return tour.find<QTableView>("recordsTable")->model()->rowCount() > 0; });
    tour.stage(
        "problems", [&] { tour.openTab("Problems"); },
        [&] { return window.findChild<QWidget*>("problemsPanel")->isVisible(); });
    tour.stage(
        "log", [&] { tour.openTab("Log"); }, [&] { return window.findChild<QWidget*>("logPanel")->isVisible(); });
    tour.stage(
        "stopped", [&] { tour.clickAction("stop"); }, [&] { return run.state() == RunState::Stopped; });
}

} // namespace

int main(int argc, char** argv)
{
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    QApplication app(argc, argv);
    QApplication::setApplicationName("StreamwrightTour");
    QApplication::setOrganizationName("StreamwrightTour");
    QSettings().clear();
    EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    if (argc < 2) return std::fprintf(stderr, "gui_tour FOLDER [light|dark] [WIDTHxHEIGHT]\n"), 2;
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    Registry registry;
    registerBuiltins(registry);
    MainWindow window(registry);
    Theme::instance().choose(argc > 2 && QString(argv[2]) == "dark" ? Theme::Choice::Dark : Theme::Choice::Light);
    const QStringList size = argc > 3 ? QString(argv[3]).split('x') : QStringList{"1280", "800"};
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) return 1;
    walk(window, folder);
    window.workbench().document.clear();
    return 0;
}
