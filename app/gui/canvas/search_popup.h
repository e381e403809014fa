// SPDX-License-Identifier: GPL-3.0-or-later
// SearchPopup: a field to type in and the list of what fits, best first: Enter or a click takes one, Escape none. Lies over
// the canvas. Owned by its parent; GUI thread.
#pragma once

#include <QFrame>
#include <QIcon>
#include <QLineEdit>
#include <QListWidget>
#include <functional>

namespace streamwright::gui {

struct SearchEntry {
    QString title;
    QString detail; // in small beside it, and searched too
    QIcon icon;
    std::function<void()> take;
};

class SearchPopup : public QFrame {
    Q_OBJECT
public:
    SearchPopup(const QString& name, QWidget* parent);

    // at: in the parent; the popup stays inside it. empty: what to say when nothing fits at all.
    void open(QPoint at, const QString& prompt, std::vector<SearchEntry> entries, const QString& empty);
    void dismiss();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void take(QListWidgetItem* item);

    QLineEdit* field_;
    QListWidget* list_;
    std::vector<SearchEntry> entries_;
    QString empty_;
};

} // namespace streamwright::gui
