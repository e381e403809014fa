// SPDX-License-Identifier: GPL-3.0-or-later
// KeyPanel: why a part is hot: its heaviest keys with their shares, and what would help, in words and, where the drawing
// can be changed for it, by a button. GUI thread.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "app/gui/monitor/inquiry.h"
#include "app/gui/shell/workbench.h"
#include "core/runtime/browsable.h"

namespace streamwright::gui {

class KeyList;

class KeyPanel : public QWidget {
    Q_OBJECT
public:
    explicit KeyPanel(Workbench& workbench, QWidget* parent = nullptr);

    // Asks the run about that part in that time.
    void explain(const std::string& node, const std::string& part, const QString& title, Time from, Time to);
    void clear();
    void show(const Result<LoadExplanation>& explanation);

private:
    void offerShards(bool helps);
    void addShards();

    Workbench& workbench_;
    Inquiry inquiry_;
    std::string node_, part_;
    Time from_{}, to_{};
    QLabel* title_;
    QLabel* load_;
    KeyList* keys_;
    QLabel* advice_;
    QPushButton* shards_;
};

} // namespace streamwright::gui
