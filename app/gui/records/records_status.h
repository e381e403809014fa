// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsStatus: the line below the records: how many there are, how far a saving has come (with a way to stop it), and what
// was said last. Owned by the records panel; GUI thread.
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QWidget>

#include "app/gui/records/record_saving.h"

namespace streamwright::gui {

class RecordsStatus : public QWidget {
    Q_OBJECT
public:
    explicit RecordsStatus(RecordSaving& saving, QWidget* parent = nullptr);

    void setCounts(const QString& text) { counts_->setText(text); }
    void say(const QString& text, bool bad);

private:
    void showProgress(quint64 done, quint64 of);
    void dress();

    RecordSaving& saving_;
    QLabel* counts_;
    QProgressBar* progress_;
    QToolButton* cancel_;
    QLabel* told_;
    bool bad_ = false;
};

} // namespace streamwright::gui
