// SPDX-License-Identifier: GPL-3.0-or-later
// ProblemsPanel: every finding of the drawing, with a jump and, where there is one, a fix. Owned by the main window; GUI thread.
#pragma once

#include <QLabel>
#include <QTreeView>
#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class ProblemsModel;

class ProblemsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsPanel(Workbench& workbench, QWidget* parent = nullptr);

    int count() const;

signals:
    void countChanged(int count);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void told();
    void jump(const QModelIndex& index);
    void fix(int row, std::size_t which);
    void showMenu(const QPoint& at);
    void fitColumns();

    Workbench& workbench_;
    ProblemsModel* model_;
    QTreeView* view_;
    QLabel* none_;
    QAction *jump_, *fix_, *copy_;
    int count_ = 0;
};

} // namespace streamwright::gui
