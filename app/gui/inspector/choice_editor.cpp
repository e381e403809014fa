// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/choice_editor.h"

#include <QHBoxLayout>

#include "app/gui/inspector/name_label.h"
#include "app/gui/inspector/wheel_guard.h"

namespace streamwright::gui {

namespace {

QString textOf(const Json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

ChoiceEditor::ChoiceEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      box_(new QComboBox(this))
{
    introduce(box_);
    box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box_->setMinimumContentsLength(6);
    guardWheel(box_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(box_);
    if (!field.defaultValue && !field.required) {
        choices_.push_back({});
        box_->addItem(tr("not set"));
    }
    for (const Json& value : field.allowed) {
        choices_.push_back(value);
        box_->addItem(textOf(value) + (field.defaultValue == value ? tr("  (default)") : QString()));
    }
    connect(box_, &QComboBox::activated, this, &ChoiceEditor::take);
}

void ChoiceEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    box_->setPlaceholderText(common.various ? tr("various") : tr("not set"));
    std::optional<Json> value;
    if (common.value)
        value = *common.value;
    else if (!common.various)
        value = field_.defaultValue;
    int index = -1;
    for (std::size_t i = 0; i < choices_.size() && !common.various; ++i)
        if (choices_[i] == value) index = static_cast<int>(i);
    if (index < 0 && value) box_->setPlaceholderText(textOf(*value)); // not among the allowed
    box_->setCurrentIndex(index);
    emit refused({});
}

void ChoiceEditor::take(int index)
{
    std::optional<Json> value = choices_[static_cast<std::size_t>(index)];
    if (value == field_.defaultValue && !field_.required) value.reset();
    offer(value);
    emit finished();
}

CheckEditor::CheckEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      box_(new QCheckBox(this))
{
    introduce(box_);
    auto* name = new NameLabel(QString::fromStdString(field.name), this);
    name->setToolTip(QString("<p>%1</p>").arg(QString::fromStdString(field.help).toHtmlEscaped()));
    connect(name, &NameLabel::clicked, box_, &QCheckBox::click);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(box_, 0, Qt::AlignTop);
    layout->addWidget(name, 1);
    layout->addStretch(1);
    box_->setMinimumWidth(1);
    connect(box_, &QCheckBox::clicked, this, [this](bool checked) {
        const bool isDefault = field_.defaultValue == Json(checked) && !field_.required;
        offer(isDefault ? std::optional<Json>() : std::optional<Json>(checked));
        emit finished();
    });
}

void CheckEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    box_->setTristate(common.various);
    const Json value = common.value ? *common.value : field_.defaultValue.value_or(Json(false));
    if (common.various)
        box_->setCheckState(Qt::PartiallyChecked);
    else
        box_->setChecked(value.is_boolean() && value.get<bool>());
}

} // namespace streamwright::gui
