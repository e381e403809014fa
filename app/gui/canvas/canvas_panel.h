// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasPanel: the drawing: view, minimap and search bar. Owned by the main window; GUI thread.
#pragma once

#include <QAction>
#include <QGraphicsItem>
#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CanvasScene;
class AnnotationLayer;
class CanvasActions;
class CanvasBar;
class CanvasView;
class FindBar;
class Minimap;
class SearchPopup;

class CanvasPanel : public QWidget {
    Q_OBJECT
public:
    explicit CanvasPanel(Workbench& workbench, QWidget* parent = nullptr);

    // For the menus; a null entry is a separator. They carry their shortcuts and are enabled when they can be used.
    QList<QAction*> editActions() const; // cut, copy, paste, duplicate, delete, rename, find ...
    QList<QAction*> arrangeActions() const; // align, distribute, layout, group ...
    QList<QAction*> viewActions() const; // zoom, fit, grid, minimap ...

    // The whole drawing into the rectangle, as fit-all shows it (for render and the gallery).
    void paintDrawing(QPainter& painter, const QRectF& target);

    CanvasScene& scene() { return *scene_; }
    CanvasView& view() { return *view_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectWishes();
    void connectPopups();
    void showMenu(QGraphicsItem* item, QPoint global);
    void connectTo();
    void open(const QString& nodeOrEdge);
    QAction* addViewAction(const char* icon, const QString& text, const QKeySequence& shortcut,
                           const std::function<void()>& action);
    void makeViewActions();
    void makeBar();

    Workbench& workbench_;
    CanvasScene* scene_;
    CanvasView* view_;
    CanvasActions* actions_;
    AnnotationLayer* annotations_;
    SearchPopup* popup_;
    FindBar* find_;
    Minimap* minimap_;
    CanvasBar* bar_;
    QAction* connectAction_;
    QAction* addAction_;
    QList<QAction*> viewActions_;
};

} // namespace streamwright::gui
