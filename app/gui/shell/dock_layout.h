// SPDX-License-Identifier: GPL-3.0-or-later
// DockLayout: the docks around the canvas: made, focused by Ctrl+1.., shown one at a time on the full window or in windows
// of their own, saved and restored. A dock among tabs has no title bar: its tab says its name and has its menu. Owned by
// the main window; GUI thread.
#pragma once

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>

namespace streamwright::gui {

class DockLayout : public QObject {
    Q_OBJECT
public:
    DockLayout(QMainWindow& window, QWidget& canvas);

    // In the order of their numbers; the canvas is 1.
    QDockWidget* add(const QString& name, const QString& title, const QString& icon, QWidget* panel,
                     Qt::DockWidgetArea area);
    void focus(QDockWidget* dock); // shown, raised, with the keyboard
    void stepAside(); // all docks, for the welcome page; until comeBack
    void comeBack();
    void yieldToSmallScreen(); // before the window has its size
    QList<QAction*> viewActions() const; // for the View menu; a null entry is a separator

    void reset(); // as on the first day
    void save() const;
    void restore();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; // of the tabs

private:
    void showTitles();
    QDockWidget* dockOfTab(const QTabBar& bar, const QPoint& at) const;
    void openTabMenu(QDockWidget* dock, const QPoint& at);
    void setFloating(QDockWidget* dock, bool floating);
    void toggleFullDock();
    void leaveFullDock();
    QDockWidget* dockWithFocus() const;
    void showIcons();

    QMainWindow& window_;
    QWidget& canvas_;
    QList<QDockWidget*> docks_;
    QList<QAction*> focusActions_;
    QAction *fullDock_, *ownWindow_, *reset_;
    QByteArray beforeFull_; // the layout to go back to; empty when no dock is full
    QByteArray beforeAside_; // likewise, of stepAside
    QByteArray firstDay_;
};

} // namespace streamwright::gui
