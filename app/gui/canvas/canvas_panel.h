// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasPanel: the drawing: view, minimap and search bar. Owned by the main window; GUI thread.
#pragma once

#include <QAction>
#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CanvasScene;
class CanvasView;

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

private:
    void open(const QString& nodeOrEdge);
    QAction* addViewAction(const QString& text, const QKeySequence& shortcut, const std::function<void()>& action);
    void makeViewActions();

    Workbench& workbench_;
    CanvasScene* scene_;
    CanvasView* view_;
    QList<QAction*> viewActions_;
};

} // namespace streamwright::gui
