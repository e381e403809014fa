// SPDX-License-Identifier: GPL-3.0-or-later
// ObjectEditor: the members of an object, a row each, in the order of the description; those without a meaning ("when") are
// hidden, members that the description does not know are shown as JSON. The form of a node is one. GUI thread.
#pragma once

#include <QVBoxLayout>

#include "app/gui/inspector/value_editor.h"

namespace streamwright::gui {

class FieldRow;

class ObjectEditor : public ValueEditor {
    Q_OBJECT
public:
    ObjectEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;
    void showProblems(const std::vector<Problem>& problems) override;
    void focusAt(const QString& pointer) override;
    bool filter(const QString& text) override;
    void runChanged() override;

private:
    void add(FieldRow* row);
    void showUnknown(const std::vector<Json>& objects);
    void showRows();

    QVBoxLayout* layout_;
    std::vector<FieldRow*> rows_;
    std::vector<FieldRow*> unknown_;
    std::vector<std::unique_ptr<Field>> unknownFields_, unknownGone_;
    std::vector<Json> objects_; // shorthands written out
    std::string filter_;
};

} // namespace streamwright::gui
