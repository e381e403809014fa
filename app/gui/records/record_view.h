// SPDX-License-Identifier: GPL-3.0-or-later
// RecordView: one record in full: its facts, and its data as a JSON tree, as text or as hex, whichever fits or is chosen.
// The bytes are read and made ready on the bridge's thread. Owned by the records panel; GUI thread.
#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextEdit>
#include <QTreeView>
#include <QWidget>
#include <memory>

#include "app/gui/bridge/run_bridge.h"
#include "app/gui/records/json_tree_model.h"
#include "app/session/record_text.h"

class QToolButton;

namespace streamwright::gui {

class RecordView : public QWidget {
    Q_OBJECT
public:
    explicit RecordView(RunBridge& run, QWidget* parent = nullptr);

    void show(std::shared_ptr<const BrowseView> view, std::uint64_t index, const BrowseRow& row);
    void showNothing(const QString& why);

    // What the record holds, decompressed; at most the part that is shown.
    const std::string& plain() const { return shown_.plain; }
    const BrowseRow& row() const { return row_; }
    bool empty() const { return pages_->currentIndex() == 0; }
    QAction* copyAction() { return copy_; }

private:
    struct Prepared {
        std::string plain;
        RecordForm form = RecordForm::Text;
        std::shared_ptr<const Json> json;
        QString format; // how it was compressed
        bool cut = false;
        QString problem;
    };
    static Prepared prepare(const BrowseView& view, std::uint64_t index);
    void take(Prepared prepared);
    void makeFacts();
    void choose(int form); // -1: what fits
    void showForm();
    void showFacts();
    void copy();

    RunBridge& run_;
    BrowseRow row_;
    Prepared shown_;
    std::uint64_t asked_ = 0; // the newest question: older answers are dropped
    int chosen_ = -1;
    QTextEdit* facts_;
    QLabel* note_;
    QLabel* nothing_;
    QStackedWidget* pages_;
    QStackedWidget* forms_;
    QTreeView* tree_;
    QPlainTextEdit* text_;
    JsonTreeModel* json_;
    std::vector<QToolButton*> formButtons_; // JSON, text, hex
    QAction* copy_;
};

} // namespace streamwright::gui
