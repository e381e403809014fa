// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: text of several lines: JSON values (type "any" and objects without a description, checked while typing), code
// and prose (strings with the editor "code" or "text"). Grows with its text. Owned by its form; GUI thread.
#pragma once

#include <QPlainTextEdit>

#include "app/gui/inspector/value_editor.h"

namespace streamwright::gui {

class CodeEditor : public ValueEditor {
    Q_OBJECT
public:
    CodeEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isJson() const { return field_.type != Field::Type::String; }
    QString textOf(const Json& value) const;
    // Nothing is no value; a problem is what cannot be read.
    Result<std::optional<Json>> valueOf(const QString& text) const;
    void take();
    void fit();
    void setWrong(const QString& message);

    QPlainTextEdit* text_;
    std::optional<Json> shown_;
    bool various_ = false;
    bool wrong_ = false;
    bool showing_ = false;
};

} // namespace streamwright::gui
