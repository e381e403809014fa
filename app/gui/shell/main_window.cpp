// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/main_window.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/inspector/help_panel.h"
#include "app/gui/inspector/inspector_panel.h"
#include "app/gui/monitor/monitor_panel.h"
#include "app/gui/palette/palette_panel.h"
#include "app/gui/problems/log_panel.h"
#include "app/gui/problems/problems_panel.h"
#include "app/gui/records/records_panel.h"
#include "app/gui/requests/requests_panel.h"
#include "app/gui/shell/command_palette.h"
#include "app/gui/shell/dock_layout.h"
#include "app/gui/shell/file_actions.h"
#include "app/gui/shell/first_tour.h"
#include "app/gui/shell/recovery.h"
#include "app/gui/shell/render.h"
#include "app/gui/shell/run_bar.h"
#include "app/gui/shell/status_line.h"
#include "app/gui/shell/welcome_page.h"

namespace streamwright::gui {

namespace {

constexpr const char* kThemeKey = "window/theme";
constexpr const char* kTourKey = "tour/seen";

} // namespace

MainWindow::MainWindow(const Registry& registry)
    : workbench_(registry),
      middle_(new QStackedWidget(this)),
      welcome_(new WelcomePage(registry, middle_)),
      canvas_(new CanvasPanel(workbench_, middle_)),
      docks_(new DockLayout(*this, *middle_)),
      files_(new FileActions(workbench_, *this)),
      runBar_(new RunBar(workbench_, this)),
      status_(new StatusLine(workbench_, this)),
      recovery_(new Recovery(workbench_, *this))
{
    setWindowIcon(Theme::instance().icon("streamwright", colour(Theme::Accent)));
    canvas_->setObjectName("canvas");
    middle_->addWidget(welcome_);
    middle_->addWidget(canvas_);
    middle_->setFocusProxy(canvas_);
    setCentralWidget(middle_);
    addToolBar(runBar_);
    setStatusBar(status_);
    makeDocks();
    makeMenus();
    connectWishes();
    takeFirstSize();
    docks_->restore();
    docks_->stepAside();
    tour_ = new Tour(firstTour(*this), this);
    connect(tour_, &Tour::ended, this, [] { QSettings().setValue(kTourKey, true); });
    welcome_->showRecent(files_->recentFiles());
}

MainWindow::~MainWindow()
{
    delete recovery_;
    delete files_;
    qDeleteAll(findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly));
    delete middle_;
    delete runBar_;
    delete status_;
}

void MainWindow::makeDocks()
{
    auto* palette = new PalettePanel(workbench_);
    docks_->add("palette", tr("Palette"), "palette", palette, Qt::LeftDockWidgetArea);
    docks_->add("inspector", tr("Inspector"), "inspector", new InspectorPanel(workbench_), Qt::RightDockWidgetArea);
    monitor_ = new MonitorPanel(workbench_);
    docks_->add("monitor", tr("Monitor"), "monitor", monitor_, Qt::BottomDockWidgetArea);
    docks_->add("records", tr("Records"), "records", new RecordsPanel(workbench_), Qt::BottomDockWidgetArea);
    auto* problems = new ProblemsPanel(workbench_);
    QDockWidget* problemsDock = docks_->add("problems", tr("Problems"), "problems", problems, Qt::BottomDockWidgetArea);
    const auto count = [problemsDock](int found) {
        problemsDock->setWindowTitle(found == 0 ? tr("Problems") : tr("Problems (%1)").arg(found));
    };
    connect(problems, &ProblemsPanel::countChanged, problemsDock, count);
    docks_->add("log", tr("Log"), "log", new LogPanel(workbench_), Qt::BottomDockWidgetArea);
    docks_->add("help", tr("Help"), "help", new HelpPanel(workbench_), Qt::RightDockWidgetArea);
    docks_->add("requests", tr("Requests"), "requests", new RequestsPanel(workbench_), Qt::BottomDockWidgetArea);
    findChild<QDockWidget*>("inspector")->raise();
    auto* search = new QAction(tr("Search the palette"), this);
    search->setObjectName("searchPalette");
    search->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    connect(search, &QAction::triggered, this, [this, palette] {
        showDock("palette");
        palette->focusSearch();
    });
    addAction(search);
    findChild<QDockWidget*>("monitor")->raise();
}

// Of the screen no more than there is, and of that most for the drawing.
void MainWindow::takeFirstSize()
{
    docks_->yieldToSmallScreen();
    const int em = fontMetrics().height();
    const QSize room = screen()->availableSize();
    resize(QSize(1280, 800).boundedTo(room - QSize(0, 2 * em))); // the title bar's
    resizeDocks({findChild<QDockWidget*>("palette"), findChild<QDockWidget*>("inspector")},
                {std::clamp(room.width() / 6, em * 10, em * 15), std::min(em * 19, room.width() * 3 / 14)},
                Qt::Horizontal);
    resizeDocks({findChild<QDockWidget*>("monitor")}, {std::clamp(room.height() / 3, em * 12, em * 16)}, Qt::Vertical);
}

void MainWindow::makeMenus()
{
    const auto menu = [this](const QString& title, const QList<QAction*>& actions) {
        QMenu* made = menuBar()->addMenu(title);
        for (QAction* action : actions)
            action ? made->addAction(action) : void(made->addSeparator());
        return made;
    };
    const auto action = [this](const char* name, const QString& text, const QString& icon, const QKeySequence& keys,
                               auto slot) {
        auto* made = new QAction(Theme::instance().icon(icon), text, this);
        made->setObjectName(name);
        made->setShortcut(keys);
        connect(made, &QAction::triggered, this, slot);
        connect(&Theme::instance(), &Theme::changed, made,
                [made, icon] { made->setIcon(Theme::instance().icon(icon)); });
        return made;
    };
    QAction* undo = action("undo", tr("Undo"), "undo", QKeySequence::Undo, [this] { workbench_.document.undo(); });
    QAction* redo = action("redo", tr("Redo"), "redo", QKeySequence::Redo, [this] { workbench_.document.redo(); });
    redo->setShortcuts({QKeySequence(QKeySequence::Redo), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    const auto showUndo = [this, undo, redo] {
        const auto show = [](QAction* made, const QString& verb, const std::string& what) {
            made->setText(what.empty() ? verb : verb + ": " + QString::fromStdString(what));
            made->setEnabled(!what.empty());
        };
        show(undo, tr("Undo"), workbench_.document.document().undoText());
        show(redo, tr("Redo"), workbench_.document.document().redoText());
    };
    connect(&workbench_.document, &DocumentModel::stateChanged, this, showUndo);
    showUndo();

    menu(tr("&File"),
         files_->actions() +
             QList<QAction*>{nullptr,
                             action("exportPicture", tr("Export picture…"), "image", {}, [this] { exportPicture(); }),
                             nullptr, action("quit", tr("Quit"), "close", QKeySequence::Quit, [this] { close(); })});
    menu(tr("&Edit"), QList<QAction*>{undo, redo, nullptr} + canvas_->editActions() +
                          QList<QAction*>{nullptr, findChild<QAction*>("searchPalette")});
    menu(tr("&Arrange"), canvas_->arrangeActions());
    QMenu* view = menu(tr("&View"), canvas_->viewActions());
    view->addSeparator();
    for (QAction* made : docks_->viewActions())
        made ? view->addAction(made) : void(view->addSeparator());
    view->addMenu(makeThemeMenu());
    menu(tr("&Run"), runBar_->runActions());
    QAction* palette =
        action("commands", tr("All commands…"), "command", Qt::CTRL | Qt::Key_K, [this] { openPalette(); });
    menu(tr("&Help"),
         {action("help", tr("Help on the selection"), "help", QKeySequence::HelpContents,
                 [this] {
                     const auto& nodes = workbench_.selection.get().nodes;
                     const Node* node = nodes.empty() ? nullptr : workbench_.document.pipeline().node(*nodes.begin());
                     emit workbench_.helpWanted(node ? QString::fromStdString(node->kind) : QString());
                 }),
          palette, action("shortcuts", tr("Keyboard shortcuts"), "command", {}, [this] { showShortcuts(); }),
          action("tour", tr("Take the tour"), "tour", {}, [this] { takeTour(); }), nullptr,
          action("about", tr("About Streamwright"), "streamwright", {}, [this] { showAbout(); })});
    auto* spring = new QWidget(runBar_);
    spring->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    runBar_->addWidget(spring);
    runBar_->addAction(undo);
    runBar_->addAction(redo);
    runBar_->addAction(palette);
}

QMenu* MainWindow::makeThemeMenu()
{
    auto* menu = new QMenu(tr("Theme"), this);
    auto* group = new QActionGroup(this);
    const int chosen = QSettings().value(kThemeKey, 0).toInt();
    const QStringList names = {tr("As the system"), tr("Light"), tr("Dark")};
    for (int i = 0; i < names.size(); ++i) {
        QAction* action = menu->addAction(names[i]);
        action->setCheckable(true);
        action->setChecked(i == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [i] {
            QSettings().setValue(kThemeKey, i);
            Theme::instance().choose(static_cast<Theme::Choice>(i));
        });
    }
    Theme::instance().choose(static_cast<Theme::Choice>(chosen));
    return menu;
}

void MainWindow::connectWishes()
{
    connect(files_, &FileActions::opened, this, [this] {
        showCanvas();
        if (workbench_.document.problems().empty()) return;
        showDock("problems");
        status_->complain(tr("%n problem(s) in this file: its good part is shown", nullptr,
                             static_cast<int>(workbench_.document.problems().size())));
    });
    connect(files_, &FileActions::failed, status_, &StatusLine::complain);
    connect(runBar_, &RunBar::refused, this, [this](const QString& why) {
        status_->complain(tr("Not started. %1").arg(why));
        showDock("problems");
    });
    connect(&workbench_.run, &RunBridge::editRefused, status_, &StatusLine::complain);
    connect(&workbench_.run, &RunBridge::questionFailed, status_, &StatusLine::complain);
    connect(&workbench_.run, &RunBridge::stateChanged, this, [this] {
        if (workbench_.run.state() == RunState::Failed) status_->complain(workbench_.run.failure());
    });
    connect(status_, &StatusLine::problemsWanted, this, [this] { showDock("problems"); });
    connect(&workbench_, &Workbench::propertyWanted, this, [this] { showDock("inspector"); });
    connect(&workbench_, &Workbench::recordsWanted, this, [this] { showDock("records"); });
    connect(&workbench_, &Workbench::monitorWanted, this, [this] { showDock("monitor"); });
    connect(&workbench_, &Workbench::helpWanted, this, [this] { showDock("help"); });
    connect(&workbench_, &Workbench::addNodeWanted, this, &MainWindow::showCanvas);
    connect(welcome_, &WelcomePage::newWanted, files_, &FileActions::clear);
    connect(welcome_, &WelcomePage::openWanted, this, [this] { findChild<QAction*>("open")->trigger(); });
    connect(welcome_, &WelcomePage::tourWanted, this, &MainWindow::takeTour);
    connect(welcome_, &WelcomePage::fileWanted, this, [this](const QString& path, bool run) {
        if (files_->open(path) && run) findChild<QAction*>("run")->trigger();
    });
}

void MainWindow::openFile(const QString& path)
{
    if (!path.isEmpty()) files_->open(path);
}

void MainWindow::greet()
{
    if (recovery_->offer())
        showCanvas();
    else if (workbench_.document.document().path().empty() && !QSettings().value(kTourKey).toBool())
        takeTour();
}

QWidget* MainWindow::showCanvas()
{
    docks_->comeBack();
    middle_->setCurrentWidget(canvas_);
    return canvas_;
}

QWidget* MainWindow::showDock(const QString& name)
{
    auto* dock = findChild<QDockWidget*>(name);
    if (!dock) return nullptr;
    showCanvas();
    dock->show();
    dock->raise();
    return dock;
}

void MainWindow::takeTour() { tour_->begin(); }

void MainWindow::openPalette()
{
    (new CommandPalette(CommandPalette::commandsOf(*menuBar(), workbench_), this))->show();
}

void MainWindow::exportPicture()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the picture"), "pipeline.svg", tr("Pictures (*.svg *.png)"));
    if (path.isEmpty()) return;
    const auto written = writePicture(
        path, {1600, 900}, [this](QPainter& painter, const QRectF& area) { canvas_->paintDrawing(painter, area); });
    if (written)
        status_->say(tr("Exported as %1").arg(path));
    else
        status_->complain(QString::fromStdString(written.problem().text()));
}

void MainWindow::showShortcuts()
{
    QString rows;
    for (const auto& command : CommandPalette::commandsOf(*menuBar(), workbench_))
        if (!command.shortcut.isEmpty())
            rows += QString("<tr><td style='padding-right:24px'>%1</td><td><b>%2</b></td></tr>")
                        .arg(command.text.toHtmlEscaped(), command.shortcut.toHtmlEscaped());
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("shortcutList");
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto* text = new QTextBrowser(dialog);
    text->setHtml("<table cellpadding='2'>" + rows + "</table>");
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    dialog->resize(fontMetrics().height() * 30, fontMetrics().height() * 32);
    dialog->show();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Streamwright"),
                       tr("<h3>Streamwright %1</h3><p>Draws streaming pipelines, runs them by the services’ real "
                          "rules, and shows what "
                          "happens.</p><p>Free software under the GPL, version 3 or later.</p>")
                           .arg(QApplication::applicationVersion()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!files_->mayLeave()) return event->ignore();
    workbench_.run.stop();
    docks_->save();
    event->accept();
}

} // namespace streamwright::gui
