// SPDX-License-Identifier: GPL-3.0-or-later
// TextEditor: a line of text, checked against the field's pattern and length; for files with a button that chooses one,
// written relative to the pipeline's folder. Owned by its form; GUI thread.
#pragma once

#include <QToolButton>

#include "app/gui/inspector/line_editor.h"

namespace streamwright::gui {

class TextEditor : public LineEditor {
    Q_OBJECT
public:
    TextEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;

protected:
    bool suits(const Json& value) const override { return value.is_string(); }
    QString textOf(const Json& value) const override;
    void take(const QString& text) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void chooseFile();
    void takeFile(const QString& file);

    QToolButton* browse_ = nullptr;
};

// The path as a pipeline file in that folder names it: relative where it is below the folder or near it.
QString relativeToFolder(const QString& file, const QString& folder);

} // namespace streamwright::gui
