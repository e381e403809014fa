// SPDX-License-Identifier: GPL-3.0-or-later
// NameLabel: a property's name in full: where the form is narrow it breaks between the words of "MessageRetentionPeriod".
// GUI thread.
#pragma once

#include <QLabel>

namespace streamwright::gui {

class NameLabel : public QLabel {
    Q_OBJECT
public:
    explicit NameLabel(const QString& name, QWidget* parent = nullptr);

signals:
    void clicked();

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
};

} // namespace streamwright::gui
