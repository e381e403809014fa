// SPDX-License-Identifier: GPL-3.0-or-later
// HelpPanel: the page of a kind, made from its description, with search and links between kinds. Shows what helpWanted asks
// for. Owned by the main window; GUI thread.
#pragma once

#include <QLineEdit>
#include <QTextBrowser>
#include <QToolButton>
#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class HelpPanel : public QWidget {
    Q_OBJECT
public:
    explicit HelpPanel(Workbench& workbench, QWidget* parent = nullptr);

    void showKind(const QString& kind); // "" or an unknown one: the list of all
    const QString& kind() const { return kind_; }

private:
    void open(const QString& kind);
    void back();
    void search(const QString& text);
    void findNext();
    void render();

    Workbench& workbench_;
    QToolButton *back_, *index_;
    QLineEdit* search_;
    QTextBrowser* browser_;
    QString kind_;
    QStringList visited_; // before kind_
};

} // namespace streamwright::gui
