// SPDX-License-Identifier: GPL-3.0-or-later
// RequestsPanel: what AWS clients ask of the run, the newest first, with why it was refused; where they connect, and the
// first command to try. Looks at the run only while it is seen. Owned by the main window; GUI thread.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QWidget>

#include "app/gui/shell/workbench.h"
#include "app/gui/theme/elided_label.h"

namespace streamwright::gui {

class RequestsModel;
class RequestsFilter;

class RequestsPanel : public QWidget {
    Q_OBJECT
public:
    explicit RequestsPanel(Workbench& workbench, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* makeAction(const char* name, const QString& icon, const QString& text, void (RequestsPanel::*slot)());
    QWidget* makeBar();
    QWidget* makeLesson();
    void fetch();
    void take(RunBridge::Requests news);
    void restart();
    void showState();
    void copyUrl();
    void copyCommand();
    void copyRows();
    void clear();

    Workbench& workbench_;
    RequestsModel* model_;
    RequestsFilter* filter_;
    QLineEdit* search_;
    QComboBox* shown_;
    QTreeView* view_;
    ElidedLabel* where_;
    QLabel* lesson_;
    QLineEdit* command_;
    QPushButton* tryIt_;
    QStackedWidget* stack_;
    QAction *hold_, *url_, *commandLine_, *copy_, *clear_;
    int run_ = 0; // answers of an older run are dropped
    bool asking_ = false;
};

} // namespace streamwright::gui
