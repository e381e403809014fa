// SPDX-License-Identifier: GPL-3.0-or-later
// Tour: eight cards that point at parts of the window and say what to do there; they block nothing. Can be left at any card
// and started again. A child of the main window; GUI thread.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <functional>
#include <vector>

namespace streamwright::gui {

class Tour : public QFrame {
    Q_OBJECT
public:
    struct Stop {
        QString title;
        QString text;
        std::function<QWidget*()> target; // what the card points at; may show or raise it
    };

    Tour(std::vector<Stop> stops, QWidget* window);

    void begin();
    int step() const { return step_; } // from 0

signals:
    void ended();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void go(int step);
    void end();
    void place();
    void showColours();

    std::vector<Stop> stops_;
    int step_ = 0;
    QWidget* target_ = nullptr;
    QWidget* ring_;
    QLabel *title_, *text_, *count_;
    QPushButton *back_, *next_, *skip_;
};

} // namespace streamwright::gui
