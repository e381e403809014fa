// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/dock_layout.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLayout>
#include <QMenu>
#include <QScreen>
#include <QSettings>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr int kLayoutVersion = 2; // raised when docks come or go

bool holds(const QWidget* outer, const QWidget* inner)
{
    return inner && (outer == inner || outer->isAncestorOf(inner));
}

} // namespace

DockLayout::DockLayout(QMainWindow& window, QWidget& canvas) : QObject(&window), window_(window), canvas_(canvas)
{
    window.setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AnimatedDocks);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    auto* focusCanvas = new QAction(tr("Go to the canvas"), this);
    focusCanvas->setShortcut(Qt::CTRL | Qt::Key_1);
    connect(focusCanvas, &QAction::triggered, this, [this] {
        leaveFullDock();
        canvas_.setFocus(Qt::ShortcutFocusReason);
    });
    focusActions_.append(focusCanvas);
    fullDock_ = new QAction(tr("Panel on the full window"), this);
    fullDock_->setObjectName("fullDock");
    fullDock_->setCheckable(true);
    fullDock_->setShortcut(Qt::Key_F11);
    connect(fullDock_, &QAction::triggered, this, &DockLayout::toggleFullDock);
    ownWindow_ = new QAction(tr("Panel in a window of its own"), this);
    ownWindow_->setObjectName("ownWindow");
    connect(ownWindow_, &QAction::triggered, this, [this] {
        if (QDockWidget* dock = dockWithFocus()) setFloating(dock, !dock->isFloating());
    });
    reset_ = new QAction(tr("Reset the layout"), this);
    reset_->setObjectName("resetLayout");
    connect(reset_, &QAction::triggered, this, &DockLayout::reset);
    connect(&Theme::instance(), &Theme::changed, this, &DockLayout::showIcons);
    showIcons();
}

QDockWidget* DockLayout::add(const QString& name, const QString& title, const QString& icon, QWidget* panel,
                             Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, &window_);
    dock->setObjectName(name);
    dock->setWidget(panel);
    panel->setObjectName(name + "Panel");
    window_.addDockWidget(area, dock);
    for (QDockWidget* other : docks_)
        if (window_.dockWidgetArea(other) == area) {
            window_.tabifyDockWidget(other, dock);
            break;
        }
    docks_.append(dock);
    // Queued: the layout knows its tabs after these signals.
    connect(dock, &QDockWidget::visibilityChanged, this, &DockLayout::showTitles, Qt::QueuedConnection);
    connect(dock, &QDockWidget::topLevelChanged, this, &DockLayout::showTitles, Qt::QueuedConnection);
    connect(dock, &QDockWidget::dockLocationChanged, this, &DockLayout::showTitles, Qt::QueuedConnection);
    auto* action = new QAction(tr("Go to %1").arg(title), this);
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + docks_.size())));
    action->setProperty("iconName", icon);
    connect(action, &QAction::triggered, this, [this, dock] { focus(dock); });
    focusActions_.append(action);
    showIcons();
    return dock;
}

void DockLayout::focus(QDockWidget* dock)
{
    leaveFullDock();
    dock->show();
    dock->raise();
    QWidget* panel = dock->widget();
    const auto children = panel->findChildren<QWidget*>();
    const auto takes = [](QWidget* widget) {
        return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
    };
    const auto first = std::find_if(children.begin(), children.end(), takes);
    (first == children.end() ? panel : *first)->setFocus(Qt::ShortcutFocusReason);
}

QList<QAction*> DockLayout::viewActions() const
{
    QList<QAction*> actions = focusActions_;
    actions.append(nullptr);
    for (QDockWidget* dock : docks_)
        actions.append(dock->toggleViewAction());
    actions.append({nullptr, fullDock_, ownWindow_, reset_});
    return actions;
}

void DockLayout::showTitles()
{
    for (QDockWidget* dock : docks_) {
        const QList<QDockWidget*> others = window_.tabifiedDockWidgets(dock);
        const bool tabbed =
            !dock->isFloating() && std::any_of(others.begin(), others.end(), [](const QDockWidget* other) {
                return !other->isHidden() && !other->isFloating();
            });
        QWidget* none = dock->titleBarWidget();
        if (tabbed == (none != nullptr)) continue;
        if (tabbed) none = new QWidget(dock);
        dock->setTitleBarWidget(tabbed ? none : nullptr);
        tabbed ? none->setFixedHeight(0) : none->deleteLater();
    }
    for (QTabBar* bar : window_.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        bar->installEventFilter(this); // once, however often
}

bool DockLayout::eventFilter(QObject* watched, QEvent* event)
{
    auto* bar = qobject_cast<QTabBar*>(watched);
    if (bar && event->type() == QEvent::ContextMenu) {
        const auto* menu = static_cast<QContextMenuEvent*>(event);
        QDockWidget* dock = dockOfTab(*bar, menu->pos());
        if (dock) openTabMenu(dock, menu->globalPos());
        return dock != nullptr;
    }
    if (bar && event->type() == QEvent::MouseButtonDblClick) {
        QDockWidget* dock = dockOfTab(*bar, static_cast<QMouseEvent*>(event)->position().toPoint());
        if (dock) // after the click: the bar may go by it
            QMetaObject::invokeMethod(
                this, [this, dock] { setFloating(dock, true); }, Qt::QueuedConnection);
        return dock != nullptr;
    }
    return QObject::eventFilter(watched, event);
}

// Tabs of the window are known by their texts only.
QDockWidget* DockLayout::dockOfTab(const QTabBar& bar, const QPoint& at) const
{
    const int tab = bar.tabAt(at);
    if (tab < 0) return nullptr;
    const auto is = [&](const QDockWidget* dock) { return dock->windowTitle() == bar.tabText(tab); };
    const auto found = std::find_if(docks_.begin(), docks_.end(), is);
    return found == docks_.end() ? nullptr : *found;
}

void DockLayout::openTabMenu(QDockWidget* dock, const QPoint& at)
{
    auto* menu = new QMenu(&window_);
    menu->setObjectName("tabMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, auto slot) {
        connect(menu->addAction(text), &QAction::triggered, this, slot);
    };
    add(fullDock_->text(), [this, dock] {
        focus(dock);
        toggleFullDock();
    });
    add(ownWindow_->text(), [this, dock] { setFloating(dock, true); });
    add(tr("Close"), [dock] { dock->close(); });
    menu->popup(at);
}

void DockLayout::setFloating(QDockWidget* dock, bool floating)
{
    leaveFullDock();
    if (QWidget* none = dock->titleBarWidget(); floating && none) {
        dock->setTitleBarWidget(nullptr); // a window of its own gets its frame by it
        none->deleteLater();
    }
    dock->setFloating(floating);
    dock->raise();
}

QDockWidget* DockLayout::dockWithFocus() const
{
    for (QDockWidget* dock : docks_)
        if (holds(dock, QApplication::focusWidget())) return dock;
    return nullptr;
}

void DockLayout::toggleFullDock()
{
    if (!beforeFull_.isEmpty()) return leaveFullDock();
    QDockWidget* chosen = dockWithFocus();
    beforeFull_ = window_.saveState(kLayoutVersion);
    fullDock_->setChecked(true);
    for (QDockWidget* dock : docks_)
        dock->setVisible(dock == chosen);
    canvas_.setVisible(!chosen);
    if (chosen) chosen->raise();
}

void DockLayout::leaveFullDock()
{
    fullDock_->setChecked(false);
    if (beforeFull_.isEmpty()) return;
    canvas_.show();
    window_.restoreState(std::exchange(beforeFull_, {}), kLayoutVersion);
}

void DockLayout::stepAside()
{
    leaveFullDock();
    if (!beforeAside_.isEmpty()) return;
    beforeAside_ = window_.saveState(kLayoutVersion);
    for (QDockWidget* dock : docks_)
        dock->hide();
}

void DockLayout::comeBack()
{
    if (!beforeAside_.isEmpty()) window_.restoreState(std::exchange(beforeAside_, {}), kLayoutVersion);
}

void DockLayout::reset()
{
    beforeAside_.clear();
    leaveFullDock();
    window_.restoreState(firstDay_, kLayoutVersion);
}

void DockLayout::save() const
{
    QSettings settings;
    settings.setValue("window/geometry", window_.saveGeometry());
    const QByteArray& hidden = beforeAside_.isEmpty() ? beforeFull_ : beforeAside_;
    settings.setValue("window/layout", hidden.isEmpty() ? window_.saveState(kLayoutVersion) : hidden);
}

void DockLayout::restore()
{
    firstDay_ = window_.saveState(kLayoutVersion);
    const QSettings settings;
    window_.restoreGeometry(settings.value("window/geometry").toByteArray());
    window_.restoreState(settings.value("window/layout").toByteArray(), kLayoutVersion);
}

// Where the screen has no room for all of them, panels may be smaller than they ask for: better than a window that
// reaches beyond the screen. Full window gives one of them all of it.
void DockLayout::yieldToSmallScreen()
{
    const QSize room = window_.screen()->availableSize(), wanted = window_.minimumSizeHint();
    if (wanted.width() <= room.width() && wanted.height() <= room.height()) return;
    const int em = window_.fontMetrics().height();
    for (QDockWidget* dock : docks_)
        dock->widget()->setMinimumSize(em * 6, em * 4);
    window_.layout()->invalidate();
    window_.layout()->activate(); // the window's own minimum
}

void DockLayout::showIcons()
{
    for (QAction* action : focusActions_)
        if (const QString icon = action->property("iconName").toString(); !icon.isEmpty())
            action->setIcon(Theme::instance().icon(icon));
    fullDock_->setIcon(Theme::instance().icon("full-screen"));
}

} // namespace streamwright::gui
