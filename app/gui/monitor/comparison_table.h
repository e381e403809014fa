// SPDX-License-Identifier: GPL-3.0-or-later
// ComparisonTable: what differs between the baseline and the run that is looked at: edited properties in words, then every
// metric's total and peak side by side. GUI thread.
#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QStackedWidget>
#include <QTreeWidget>
#include <memory>

#include "app/session/baseline.h"

namespace streamwright::gui {

class ComparisonTable : public QWidget {
    Q_OBJECT
public:
    explicit ComparisonTable(QWidget* parent = nullptr);

    void setBaseline(std::shared_ptr<const KeptRun> baseline); // null = none
    void setRun(KeptRun run); // without points
    void forgetRun(); // another one begins: it is read from the top
    const QTreeWidget& table() const { return *table_; }

private:
    void fill();

    std::shared_ptr<const KeptRun> baseline_;
    std::optional<KeptRun> run_;
    QLabel* head_;
    QCheckBox* differing_;
    QCheckBox* parts_;
    QTreeWidget* table_;
    QLabel* empty_;
    QStackedWidget* stack_;
};

} // namespace streamwright::gui
