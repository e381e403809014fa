// SPDX-License-Identifier: GPL-3.0-or-later
// NoteLabel: a wrapped line below a field: help, a broken rule, what waits for a restart; with a small icon in its colour.
// GUI thread.
#pragma once

#include <QLabel>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

class NoteLabel : public QLabel {
    Q_OBJECT
public:
    NoteLabel(Theme::Token token, QString icon, QWidget* parent = nullptr); // icon: "" for none

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void dress();

    const Theme::Token token_;
    const QString icon_;
};

} // namespace streamwright::gui
