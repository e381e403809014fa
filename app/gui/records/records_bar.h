// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsBar: the line above the records: whose records, of which part, which of them (filter), from where, in what order,
// and what can be done with them. Knows no records itself. Owned by the records panel; GUI thread.
#pragma once

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QTimer>
#include <QWidget>

#include "app/session/record_filter.h"
#include "core/runtime/browsable.h"

namespace streamwright::gui {

class RecordsBar : public QWidget {
    Q_OBJECT
public:
    struct Source {
        QString id; // a node's id or an edge's key
        QString text;
        QString help; // what it is
        QString icon;
        bool operator==(const Source&) const = default;
    };

    explicit RecordsBar(QWidget* parent = nullptr);

    void setSources(const std::vector<Source>& sources);
    void chooseSource(const QString& id); // "" for none; emits nothing
    QString source() const;
    void setParts(const std::vector<BrowsePart>& parts);
    std::string part() const;
    void setFilterText(const QString& text); // takes effect at once
    QLineEdit* filterLine() { return filter_; }
    QLineEdit* placeLine() { return place_; }

    QAction* newestFirst() { return newestFirst_; }
    QAction* follow() { return follow_; }
    QAction* refresh() { return refresh_; }
    QAction* linkSelection() { return link_; }
    QAction* send() { return send_; }
    QAction* saveSelected() { return saveSelected_; }
    QAction* saveAll() { return saveAll_; }
    QAction* saveData() { return saveData_; }

signals:
    void sourceChosen(const QString& id);
    void partChosen();
    void filterChanged(const RecordFilter& filter);
    void filterRefused(const QString& why); // "" when it is well again
    void placeWanted(const QString& text);

private:
    QAction* make(const char* name, const char* icon, const QString& text, const QString& help, bool checkable);
    void takeFilter();
    void showIcons();
    void showFilterState(const QString& problem);

    QComboBox* source_;
    QComboBox* part_;
    QLineEdit* filter_;
    QLineEdit* place_;
    QTimer filterDelay_;
    QString taken_; // the filter's text as taken last
    std::vector<Source> sources_;
    std::vector<std::pair<QAction*, QString>> icons_;
    QAction* newestFirst_;
    QAction* follow_;
    QAction* refresh_;
    QAction* link_;
    QAction* send_;
    QAction* saveSelected_;
    QAction* saveAll_;
    QAction* saveData_;
};

} // namespace streamwright::gui
