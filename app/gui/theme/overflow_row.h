// SPDX-License-Identifier: GPL-3.0-or-later
// OverflowRow: the controls of a panel in a row that gives way where the panel is narrow: first the words beside icons go,
// then what stands last moves into the menu of a button at the end. GUI thread.
#pragma once

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <vector>

namespace streamwright::gui {

class OverflowRow : public QWidget {
    Q_OBJECT
public:
    explicit OverflowRow(QWidget* parent = nullptr);

    // Visible as the action is, named for it: "pause" makes "pauseButton".
    QToolButton* add(QAction* action, Qt::ToolButtonStyle style = Qt::ToolButtonIconOnly);
    void add(QComboBox* choice); // in the menu it bears its accessible name
    // What cannot go into a menu: gets along with its minimum.
    void addFixed(QWidget* widget, int stretch = 0);
    void addStretch();
    void addGap(int width);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Entry {
        QWidget* widget;
        QAction* action = nullptr;
        QComboBox* choice = nullptr;
        Qt::ToolButtonStyle style = Qt::ToolButtonIconOnly; // where there is room
        int gap = 0; // before it
        bool isFixed() const { return !action && !choice; }
    };
    void put(Entry entry, int stretch);
    bool wanted(const Entry& entry) const;
    int widthOf(const Entry& entry, bool worded) const;
    int needed(std::size_t shown, bool worded) const; // by all fixed ones and the first so many of the others
    void arrange();
    void fillMenu();

    QHBoxLayout* layout_;
    std::vector<Entry> entries_;
    QToolButton* more_;
    std::size_t movable_ = 0; // entries that can go into the menu
    int gap_ = 0; // before the next one
    bool arranging_ = false;
};

} // namespace streamwright::gui
