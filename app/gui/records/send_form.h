// SPDX-License-Identifier: GPL-3.0-or-later
// SendForm: a record put by hand into a stream or a queue, once or many times, with what became of it. Owned by the records
// panel; GUI thread.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QWidget>

#include "app/gui/bridge/run_bridge.h"
#include "app/gui/theme/theme.h"
#include "core/runtime/browsable.h"

namespace streamwright::gui {

class SendForm : public QWidget {
    Q_OBJECT
public:
    explicit SendForm(RunBridge& run, QWidget* parent = nullptr);

    // ids of the nodes that take records.
    void setTargets(const QStringList& nodes);
    void chooseTarget(const QString& node);
    // Something to begin with: a record that is to be sent again.
    void fill(const QString& key, const QString& data);
    void focusData() { data_->setFocus(); }

signals:
    void closed();
    void sent(); // records were taken

private:
    struct Tally {
        int taken = 0, throttled = 0, refused = 0;
        std::string part, sequence; // of the last one taken
        std::string why; // the last one was not taken
    };
    void check();
    void send();
    void sendOn(int left, Tally tally, const QString& target, const BrowseSend& record);
    void showTally(const Tally& tally, const QString& rest);

    RunBridge& run_;
    int runs_ = 0; // counted: what is sent many times ends with its run
    QComboBox* target_;
    QLineEdit* key_;
    QPlainTextEdit* data_;
    QLabel* verdict_;
    QSpinBox* count_;
    QPushButton* send_;
    QLabel* result_;
    Theme::Token tone_ = Theme::Ok; // of the result
};

} // namespace streamwright::gui
