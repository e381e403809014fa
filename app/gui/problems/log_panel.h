// SPDX-License-Identifier: GPL-3.0-or-later
// LogPanel: what the run reported, as it happens. Owned by the main window; GUI thread.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>
#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class LogModel;
class LogFilter;

class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(Workbench& workbench, QWidget* parent = nullptr);

    // All lines that the filter shows, one a line.
    QString text() const;

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* makeAction(const char* name, const QString& icon, const QString& text, void (LogPanel::*slot)());
    void fetch();
    void restart();
    void jump();
    void copy();
    void clear();
    void save();
    void showState();
    void followTail();

    Workbench& workbench_;
    LogModel* model_;
    LogFilter* filter_;
    QLineEdit* search_;
    QComboBox* least_;
    QTreeView* view_;
    QLabel* empty_;
    QAction *follow_, *jump_, *copy_, *clear_, *save_;
    std::uint64_t last_ = 0; // number of the last event taken
    int run_ = 0; // answers of an older run are dropped
    bool asking_ = false;
};

} // namespace streamwright::gui
