// SPDX-License-Identifier: GPL-3.0-or-later
// WelcomePage: what stands in the middle before a drawing is open: the examples with picture and Run, recent files, new and
// open. Owned by the main window; GUI thread.
#pragma once

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <deque>

#include "app/gui/shell/examples.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class WelcomePage : public QScrollArea {
    Q_OBJECT
public:
    explicit WelcomePage(const Registry& registry, QWidget* parent = nullptr);

    void showRecent(const QStringList& files);

signals:
    void newWanted();
    void openWanted();
    void tourWanted();
    void fileWanted(const QString& path, bool run);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QFrame* makeCard(const Example& example);
    void arrangeCards();
    void drawNextPicture();
    void showColours();

    const Registry& registry_;
    QList<QFrame*> cards_;
    class QGridLayout* gallery_;
    QVBoxLayout* recent_;
    QWidget* recentBox_;
    std::deque<std::pair<QString, QLabel*>> undrawn_; // pictures, made one by one once the window is up
    std::vector<std::pair<QString, QLabel*>> pictures_;
};

} // namespace streamwright::gui
