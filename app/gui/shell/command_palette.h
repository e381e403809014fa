// SPDX-License-Identifier: GPL-3.0-or-later
// CommandPalette: Ctrl+K: any action of the window, any kind to add, any node to go to, found by typing. Made per use, deletes
// itself; GUI thread.
#pragma once

#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <functional>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    struct Command {
        QString text; // "Edit: Undo"
        QString shortcut;
        QIcon icon;
        std::function<void()> run;
    };

    CommandPalette(std::vector<Command> commands, QWidget* parent);

    // Those of the menu bar that can be used now, then kinds and nodes.
    static std::vector<Command> commandsOf(class QMenuBar& menus, Workbench& workbench);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMatches();
    void runCurrent();

    std::vector<Command> commands_;
    QLineEdit* input_;
    QListWidget* list_;
};

} // namespace streamwright::gui
