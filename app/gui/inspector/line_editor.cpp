// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/line_editor.h"

namespace streamwright::gui {

LineEditor::LineEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      line_(new LineField(this))
{
    introduce(line_);
    connect(line_, &QLineEdit::textEdited, this, &LineEditor::take);
    connect(line_, &QLineEdit::editingFinished, this, &LineEditor::finish);
    connect(line_, &LineField::revertWanted, this, &LineEditor::revert);
    connect(this, &ValueEditor::refused, line_,
            [this](const QString& message) { line_->setWrong(!message.isEmpty()); });
}

void LineEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    std::optional<Json> value;
    if (common.value) value = *common.value;
    const bool same = value == shown_ && common.various == various_;
    shown_ = value;
    various_ = common.various;
    line_->setPlaceholderText(placeholder());
    if (same && line_->wrong()) return; // what is being typed
    if (!keepsTyped()) line_->showText(shownText());
    if (line_->wrong()) emit refused({});
}

QString LineEditor::shownText() const
{
    if (!shown_) return {};
    return suits(*shown_) ? textOf(*shown_) : QString::fromStdString(shown_->dump());
}

QString LineEditor::placeholder() const
{
    if (various_) return tr("various");
    if (!field_.defaultValue || !suits(*field_.defaultValue)) return tr("not set");
    const QString text = textOf(*field_.defaultValue);
    return text.isEmpty() ? tr("empty") : text;
}

void LineEditor::finish()
{
    line_->setModified(false);
    emit finished();
}

void LineEditor::revert()
{
    line_->setText(shownText());
    line_->setModified(false);
    emit refused({});
}

} // namespace streamwright::gui
