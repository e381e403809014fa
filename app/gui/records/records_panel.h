// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsPanel: the records of an edge, a stream, a queue or a bucket: a table on demand, the selected one in full beside it,
// a form to send one by hand. An edge is tapped while it is looked at. Owned by the main window; GUI thread.
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QWidget>

#include "app/gui/records/record_saving.h"
#include "app/gui/records/record_view.h"
#include "app/gui/records/records_bar.h"
#include "app/gui/records/records_model.h"
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
    struct Sources {
        std::vector<std::string> nodes; // that can be looked into
        std::vector<std::string> takers; // that take records by hand
        std::vector<std::string> edges; // that can be looked at
        bool operator==(const Sources&) const = default;
    };

    void makeTable();
    void makeRowActions();
    QWidget* makeStatus();
    void connectBar();
    void askSources();
    void takeSources(const Sources& sources);
    void open(); // wanted_, as far as there is a run that has it
    void tap(const QString& edge); // that one alone; "" for none
    void showSelection();
    void showCurrent();
    void showState();
    QString emptyText() const;
    QString countText() const;
    void goTo(const QString& place);
    void goToRow(int row);
    void keepPlace(int insertedRows);
    void askPath(const QString& name, const QString& filters, std::function<void(const QString&)> then);
    void saveRows(bool selectedOnly);
    void saveData();
    void sendAgain();
    QString label(const QString& id) const;
    void say(const QString& text, bool bad);

    Workbench& workbench_;
    RecordsModel* model_;
    RecordsBar* bar_;
    QTableView* table_;
    QLabel* empty_;
    QStackedWidget* tablePages_;
    RecordView* record_;
    SendForm* send_;
    QStackedWidget* sidePages_;
    RecordSaving* saving_;
    QLabel* counts_;
    QLabel* told_;
    QProgressBar* progress_;
    QWidget* cancel_ = nullptr;
    QString wanted_; // what is to be shown: a node's id or an edge's key
    QString shown_; // what the model has
    QString tapped_; // the edge whose records the engine keeps for this panel
    Sources sources_;
};

} // namespace streamwright::gui
