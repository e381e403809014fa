// SPDX-License-Identifier: GPL-3.0-or-later
// LegendBar: the lines of a chart by colour and name; a click, or arrows and Space, takes a line away and back. GUI thread.
#pragma once

#include <QWidget>
#include <set>
#include <string>

#include "app/gui/monitor/chart_data.h"

namespace streamwright::gui {

class LegendBar : public QWidget {
    Q_OBJECT
public:
    explicit LegendBar(QWidget* parent = nullptr);

    void setData(const ChartData& data);
    const std::set<std::string>& hidden() const { return hidden_; }
    QRect entryRect(int index) const;
    int count() const { return static_cast<int>(entries_.size()); }
    QSize sizeHint() const override;

signals:
    void hiddenChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Entry {
        std::string key;
        QString label; // without what all of them begin with
        bool operator==(const Entry&) const = default;
    };
    void toggle(int index, bool alone);
    int entryAt(const QPoint& at) const;
    int wantedWidth(const Entry& entry) const;
    int prefixWidth() const;

    std::vector<Entry> entries_;
    QString prefix_; // what all labels begin with: said once
    QString note_;
    std::set<std::string> hidden_;
    int current_ = 0; // for the keyboard
};

} // namespace streamwright::gui
