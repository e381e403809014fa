// SPDX-License-Identifier: GPL-3.0-or-later
// FindBar: search over the canvas (Ctrl+F): the count, next and previous, jump and flash by Workbench::revealWanted. A
// child of the canvas panel, in its upper right corner. GUI thread.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QWidget>
#include <vector>

#include "app/gui/shell/workbench.h"
#include "app/session/find.h"

namespace streamwright::gui {

class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(Workbench& workbench, QWidget* parent);

    void open(); // shows it with the words of last time selected
    void next(int step = 1);

signals:
    void closed(); // the canvas takes the focus back

private:
    void search();
    void jump();
    void showCount();
    void placeInCorner();
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    Workbench& workbench_;
    QLineEdit* words_;
    QLabel* count_;
    QLabel* where_;
    std::vector<Found> found_;
    int at_ = -1;
};

} // namespace streamwright::gui
