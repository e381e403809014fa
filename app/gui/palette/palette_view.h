// SPDX-License-Identifier: GPL-3.0-or-later
// PaletteView: the palette's tree: two lines a kind (title and help, or a title that needs both), a heading a family; drags a
// small picture of a node.
// Owned by the palette; GUI thread.
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace streamwright::gui {

class PaletteView : public QTreeView {
    Q_OBJECT
public:
    explicit PaletteView(QWidget* parent = nullptr);
    bool showsWholeTitle(const QModelIndex& kind) const; // on one line or two

signals:
    void kindActivated(const QString& kind); // by double-click or Enter

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void activate(const QModelIndex& index);
};

} // namespace streamwright::gui
