// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasActions: everything that is done to a selection of the drawing by menu, key and context menu. Owned by the canvas
// panel; GUI thread. The actions go into the panel (panel->addActions) so that their keys work while it has the focus.
#pragma once

#include <QAction>
#include <QGraphicsView>
#include <QMenu>
#include <QObject>
#include <map>

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

    // Selects the target unless it is selected already; the caller shows the menu and deletes it.
    QMenu* contextMenu(const CanvasTarget& target);

signals:
    void findWanted();

private:
    QAction* add(QList<QAction*>& list, const char* name, const char* icon, const QString& text,
                 const QKeySequence& keys, std::function<void()> run);
    void fillEdit();
    void fillArrange();
    void refresh();
    void readClipboard();

    void copy();
    void paste();
    void duplicateSelected();
    void remove(bool heal);
    void selectAll();
    void rename();
    void toggleDisabled();
    void addNote();
    void group();
    void ungroupSelected();
    void toggleCollapsed();
    void alignSelected(const QString& what, Alignment alignment);
    void distributeSelected(const QString& what, Direction direction);
    void layOutSelected();

    void fillNodeMenu(QMenu& menu, const std::string& node);
    void fillGroupChoices(QMenu& menu);
    void fillArrangement(QMenu& menu);
    void fillNoteMenu(QMenu& menu);
    void put(QMenu& menu, std::initializer_list<const char*> names);

    Parts parts() const; // what is selected
    std::set<std::string> nodes() const; // selected, those of selected groups included
    void select(const Parts& parts);
    ExtentOf extents() const;
    QPointF cursor() const; // in the scene: the mouse, or the middle of what is seen

    Workbench& workbench_;
    QGraphicsView* view_;
    NodeRect nodeRect_;
    QList<QAction*> edit_, arrange_;
    std::map<std::string, QAction*> byName_;
    bool canPaste_ = false;
};

} // namespace streamwright::gui
