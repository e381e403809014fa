// SPDX-License-Identifier: GPL-3.0-or-later
// NumberEditor: a number with its unit; text such as "90s" or "5 MiB" is understood. Beside it a slider where both bounds are
// known and a person would turn a knob: logarithmic when the range is wide. During a run a number is taken when its typing
// pauses: what it passes through on the way (2, 20, 200) would be edits of the run, too. Owned by its form; GUI thread.
#pragma once

#include <QSlider>
#include <QTimer>

#include "app/gui/inspector/line_editor.h"

namespace streamwright::gui {

class NumberEditor : public LineEditor {
    Q_OBJECT
public:
    NumberEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;

protected:
    bool suits(const Json& value) const override { return value.is_number(); }
    QString textOf(const Json& value) const override;
    void take(const QString& text) override;
    bool keepsTyped() const override;
    void finish() override;
    void revert() override;

private:
    void takeSoon(const std::optional<Json>& value);
    void takeSlider(int position);
    void step(int steps);
    std::optional<double> current() const; // what counts: written or by default
    void showNote();
    void showSlider();
    double valueAt(int position) const;
    int positionOf(double value) const;
    bool logarithmic() const;
    double roundedFor(double value) const;

    QSlider* slider_ = nullptr;
    QTimer pause_;
    std::optional<Json> typed_; // for pause_
};

} // namespace streamwright::gui
