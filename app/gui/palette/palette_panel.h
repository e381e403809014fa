// SPDX-License-Identifier: GPL-3.0-or-later
// PalettePanel: the tree of node kinds by family, with search. Owned by the main window; GUI thread.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QWidget>
#include <set>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class PaletteModel;
class PaletteView;

class PalettePanel : public QWidget {
    Q_OBJECT
public:
    explicit PalettePanel(Workbench& workbench, QWidget* parent = nullptr);

    void focusSearch(); // for the shortcut

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& query);
    void dress();

    Workbench& workbench_;
    PaletteModel* model_;
    QLineEdit* search_;
    QAction* searchIcon_;
    PaletteView* view_;
    QLabel* nothing_;
    std::set<QString> folded_; // families, by name
    bool searching_ = false;
};

} // namespace streamwright::gui
