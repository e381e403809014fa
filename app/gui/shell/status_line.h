// SPDX-License-Identifier: GPL-3.0-or-later
// StatusLine: the status bar: messages at the left; records a second, throttles, where AWS clients connect, memory and
// problems at the right. Where there is no room for all, figures give way, to a message too. Owned by the main window; GUI
// thread.
#pragma once

#include <QLabel>
#include <QStatusBar>
#include <QToolButton>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(Workbench& workbench, QWidget* parent = nullptr);

    // Says something for some seconds; a failure stays longer and in the colour of failures.
    void say(const QString& text);
    void complain(const QString& text);

    QSize minimumSizeHint() const override;

signals:
    void problemsWanted();

protected:
    void paintEvent(QPaintEvent* event) override; // a message that is too long is cut in its middle, not at its end
    void resizeEvent(QResizeEvent* event) override;

private:
    void showLive();
    void showProblems();
    void giveWay();

    Workbench& workbench_;
    QLabel *rate_, *throttles_, *memory_, *endpoint_;
    QToolButton* problems_;
    bool complaining_ = false;
};

} // namespace streamwright::gui
