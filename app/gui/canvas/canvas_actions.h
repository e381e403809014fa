// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasActions: everything that is done to a selection of the drawing by menu, key and context menu. Owned by the canvas
// panel; GUI thread. The actions go into the panel (panel->addActions) so that their keys work while it has the focus.
#pragma once

#include <QAction>
#include <QGraphicsView>
#include <QMenu>
#include <QObject>

#include "app/gui/shell/workbench.h"
#include "app/session/arrange.h"

namespace streamwright::gui {

// What a context menu is asked for: one of them, or none for the empty canvas.
struct CanvasTarget {
    std::string node, edge, comment, group;
};

class CanvasActions : public QObject {
    Q_OBJECT
public:
    // nodeRect: where a node is drawn, in the scene (empty = not drawn).
    using NodeRect = std::function<QRectF(const std::string& node)>;
    CanvasActions(Workbench& workbench, QGraphicsView* view, NodeRect nodeRect, QObject* parent = nullptr);

    QList<QAction*> editActions() const { return edit_; } // null entries are separators
    QList<QAction*> arrangeActions() const { return arrange_; }
    bool snapping() const { return snap_->isChecked(); }

    // Selects the target unless it is selected already; the caller shows the menu and deletes it.
    QMenu* contextMenu(const CanvasTarget& target);
    // An inline editor over the node's name; Return takes the new name, Escape leaves it.
    void renameNode(const std::string& node);

signals:
    void findWanted();

private:
    QAction* add(QList<QAction*>& list, const char* name, const QString& text, const QKeySequence& keys,
                 const char* icon, std::function<void()> run);
    void fillEdit();
    void fillArrange();
    void refresh();
    ExtentOf extents() const;
    bool eventFilter(QObject* watched, QEvent* event) override;

    Workbench& workbench_;
    QGraphicsView* view_;
    NodeRect nodeRect_;
    QPointF cursor_; // in the scene
    QList<QAction*> edit_, arrange_;
    QAction* snap_ = nullptr;
};

} // namespace streamwright::gui
