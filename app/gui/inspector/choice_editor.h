// SPDX-License-Identifier: GPL-3.0-or-later
// ChoiceEditor: one of the values allowed, in a list. CheckEditor: true or false. Choosing the default takes the property out
// of the file. Owned by their form; GUI thread.
#pragma once

#include <QCheckBox>
#include <QComboBox>

#include "app/gui/inspector/value_editor.h"

namespace streamwright::gui {

class ChoiceEditor : public ValueEditor {
    Q_OBJECT
public:
    ChoiceEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);
    void showValues(const Values& values) override;

private:
    void take(int index);

    QComboBox* box_;
    std::vector<std::optional<Json>> choices_; // what each entry of the box stands for
};

class CheckEditor : public ValueEditor {
    Q_OBJECT
public:
    CheckEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);
    void showValues(const Values& values) override;
    bool showsName() const override { return true; }

private:
    QCheckBox* box_;
};

} // namespace streamwright::gui
