// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsPanel: the records of an edge, a stream, a queue or a bucket: a table on demand, the selected one in full beside it,
// a form to send one by hand. An edge is tapped while it is looked at. Owned by the main window; GUI thread.
#pragma once

#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QWidget>

#include "app/gui/records/record_sources.h"
#include "app/gui/records/record_view.h"
#include "app/gui/records/records_bar.h"
#include "app/gui/records/records_status.h"
#include "app/gui/records/records_table.h"
#include "app/gui/records/send_form.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class RecordsPanel : public QWidget {
    Q_OBJECT
public:
    explicit RecordsPanel(Workbench& workbench, QWidget* parent = nullptr);

    // A node's id or an edge's key; before a run it is remembered.
    void showSource(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makePages();
    void makeRowActions();
    void connectBar();
    void connectModel();
    void connectWorkbench();
    void takeSources();
    void open(); // wanted_, as far as there is a run that has it
    void showSelection();
    void showCurrent();
    void showState();
    void goTo(const QString& place);
    void saveRows(bool selectedOnly);
    void saveData();
    void sendAgain();

    Workbench& workbench_;
    RecordsModel* model_;
    RecordSources* sources_;
    RecordSaving* saving_;
    RecordsBar* bar_;
    RecordsTable* table_;
    QLabel* empty_;
    QStackedWidget* tablePages_;
    RecordView* record_;
    SendForm* send_;
    QStackedWidget* sidePages_;
    RecordsStatus* status_;
    QAction* sendAgain_ = nullptr;
    QString wanted_; // what is to be shown: a node's id or an edge's key
    QString shown_; // what the model has
};

} // namespace streamwright::gui
