// SPDX-License-Identifier: GPL-3.0-or-later
// LineField: a line of text with a muted note at its right end (a unit, the same value in other words). Escape asks for the
// old text, up and down for a step. Owned by its editor; GUI thread.
#pragma once

#include <QLineEdit>

namespace streamwright::gui {

class LineField : public QLineEdit {
    Q_OBJECT
public:
    explicit LineField(QWidget* parent = nullptr);

    void setNote(const QString& note); // hidden while the text needs its room
    const QString& note() const { return note_; }
    void setWrong(bool wrong); // a red frame
    bool wrong() const { return wrong_; }
    // Another text from outside: the cursor stays where it was, as far as it can.
    void showText(const QString& text);

signals:
    void revertWanted();
    void stepWanted(int steps);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QString note_;
    bool wrong_ = false;
};

} // namespace streamwright::gui
