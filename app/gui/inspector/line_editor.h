// SPDX-License-Identifier: GPL-3.0-or-later
// LineEditor: what editors of one line share: the line shows the document's value, or in its placeholder what counts without
// one; what is wrong stays as typed with a red frame; Escape brings the document's value back. Owned by its form; GUI thread.
#pragma once

#include "app/gui/inspector/line_field.h"
#include "app/gui/inspector/value_editor.h"

namespace streamwright::gui {

class LineEditor : public ValueEditor {
    Q_OBJECT
public:
    void showValues(const Values& values) override;

protected:
    LineEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    // Whether the value is of the type that the line is for: others are shown as JSON.
    virtual bool suits(const Json& value) const = 0;
    virtual QString textOf(const Json& value) const = 0; // of one that suits
    virtual void take(const QString& text) = 0; // typed
    // The line may keep what was typed: it says the same in other words, or is not finished.
    virtual bool keepsTyped() const { return false; }
    virtual void finish();
    virtual void revert();

    QString shownText() const; // of the document's value; "" without one
    bool various() const { return various_; }

    LineField* line_;
    std::optional<Json> shown_; // the last value of the document

private:
    QString placeholder() const;

    bool various_ = false;
};

} // namespace streamwright::gui
