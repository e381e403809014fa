// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorHeader: whose form it is: icon, id (to be changed), kind, help, on or off, and how it does in the run. Owned by the
// inspector; GUI thread.
#pragma once

#include <QCheckBox>
#include <QToolButton>

#include "app/gui/inspector/line_field.h"
#include "app/gui/inspector/note_label.h"
#include "app/gui/inspector/subject.h"
#include "app/gui/shell/workbench.h"
#include "app/gui/theme/elided_label.h"

namespace streamwright::gui {

class InspectorHeader : public QWidget {
    Q_OBJECT
public:
    explicit InspectorHeader(Workbench& workbench, QWidget* parent = nullptr);

    void showSubject(const Subject& subject);
    void showLive();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void rename();
    void refuse(const QString& message);
    const NodeKind* kind() const;

    Workbench& workbench_;
    Subject subject_;
    QWidget* tile_;
    LineField* id_;
    ElidedLabel* title_;
    ElidedLabel* subtitle_;
    QCheckBox* enabled_;
    QToolButton* help_;
    NoteLabel* wrong_;
    ElidedLabel* live_;
};

} // namespace streamwright::gui
