// SPDX-License-Identifier: GPL-3.0-or-later
// NumberEditor: a number with its unit; text such as "90s" or "5 MiB" is understood. Beside it a slider where both bounds are
// known and a person would turn a knob: logarithmic when the range is wide. During a run a number is taken when its typing
// pauses: what it passes through on the way (2, 20, 200) would be edits of the run, too. Owned by its form; GUI thread.
#pragma once

#include <QSlider>
#include <QTimer>

#include "app/gui/inspector/line_field.h"
#include "app/gui/inspector/value_editor.h"

namespace streamwright::gui {

class NumberEditor : public ValueEditor {
    Q_OBJECT
public:
    NumberEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;

private:
    void takeText(const QString& text);
    void takeSoon(const std::optional<Json>& value);
    void takeSlider(int position);
    void finish();
    void revert();
    void step(int steps);
    std::optional<double> current() const; // what counts: written or by default
    void showNote();
    void showSlider();
    double valueAt(int position) const;
    int positionOf(double value) const;
    bool logarithmic() const;
    double roundedFor(double value) const;

    LineField* line_;
    QSlider* slider_ = nullptr;
    std::optional<Json> shown_; // the last value of the document
    bool various_ = false;
    QTimer pause_;
    std::optional<Json> typed_; // for pause_
};

} // namespace streamwright::gui
