// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/value_editor.h"

#include "app/gui/inspector/choice_editor.h"
#include "app/gui/inspector/code_editor.h"
#include "app/gui/inspector/list_editor.h"
#include "app/gui/inspector/number_editor.h"
#include "app/gui/inspector/object_editor.h"
#include "app/gui/inspector/text_editor.h"
#include "app/session/property_edits.h"

namespace streamwright::gui {

ValueEditor::ValueEditor(const Field& field, QString path, FormContext& context, QWidget* parent)
    : QWidget(parent),
      field_(field),
      path_(std::move(path)),
      context_(context)
{
}

void ValueEditor::focusAt(const QString&)
{
    if (QWidget* target = focusProxy()) target->setFocus(Qt::OtherFocusReason);
}

ValueEditor::Common ValueEditor::commonOf(const Values& values)
{
    if (values.empty()) return {};
    for (const Json* value : values)
        if (bool(value) != bool(values.front()) || (value && *value != *values.front())) return {nullptr, true};
    return {values.front(), false};
}

void ValueEditor::offer(const std::optional<Json>& value)
{
    if (value) {
        const std::vector<Problem> problems = checkValue(field_, *value);
        if (!problems.empty()) {
            emit refused(sentence(problems.front().message));
            return;
        }
    } else if (field_.required) {
        emit refused(sentence(field_.name + " is required" + (field_.rule.empty() ? "" : ": " + field_.rule)));
        return;
    }
    emit refused({});
    emit edited({}, value);
}

void ValueEditor::introduce(QWidget* widget)
{
    widget->setObjectName("field:" + path_);
    widget->setAccessibleName(QString::fromStdString(field_.name));
    widget->setAccessibleDescription(QString::fromStdString(field_.help));
    setFocusProxy(widget);
}

ValueEditor* makeEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
{
    if (!field.allowed.empty()) return new ChoiceEditor(field, path, context, parent);
    switch (field.type) {
    case Field::Type::Integer:
    case Field::Type::Number:
        return new NumberEditor(field, path, context, parent);
    case Field::Type::Boolean:
        return new CheckEditor(field, path, context, parent);
    case Field::Type::String:
        if (field.editor == "code" || field.editor == "text") break;
        return new TextEditor(field, path, context, parent);
    case Field::Type::Object:
        if (field.fields.empty()) break;
        return new ObjectEditor(field, path, context, parent);
    case Field::Type::List:
    case Field::Type::Map:
        return new ListEditor(field, path, context, parent);
    case Field::Type::Any:
        break;
    }
    return new CodeEditor(field, path, context, parent);
}

QString sentence(const std::string& message)
{
    QString text = QString::fromStdString(message);
    if (text.isEmpty()) return text;
    text[0] = text[0].toUpper();
    if (!text.endsWith('.') && !text.endsWith('?') && !text.endsWith('!')) text += '.';
    return text;
}

} // namespace streamwright::gui
