// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/object_editor.h"

#include "app/gui/inspector/field_row.h"
#include "app/session/property_edits.h"

namespace streamwright::gui {

namespace {

QString placeOf(const QString& path, const std::string& name)
{
    return path + "/" + QString::fromStdString(pointerToken(name));
}

} // namespace

ObjectEditor::ObjectEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      layout_(new QVBoxLayout(this))
{
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(0);
    for (const Field& member : field.fields) {
        rows_.push_back(new FieldRow(member, placeOf(path, member.name), context, this));
        add(rows_.back());
    }
}

void ObjectEditor::add(FieldRow* row)
{
    layout_->addWidget(row);
    const QString prefix = "/" + QString::fromStdString(pointerToken(row->field().name));
    connect(row, &FieldRow::edited, this, [this, prefix](const QString& pointer, const std::optional<Json>& value) {
        emit edited(prefix + pointer, value);
    });
    connect(row, &FieldRow::finished, this, &ValueEditor::finished);
}

void ObjectEditor::showValues(const Values& values)
{
    objects_.clear();
    for (const Json* value : values) {
        Json written = value ? writtenOut(field_, *value) : field_.defaultValue.value_or(Json::object());
        objects_.push_back(written.is_object() ? std::move(written) : Json::object());
    }
    showUnknown(objects_);
    for (const auto* rows : {&rows_, &unknown_})
        for (FieldRow* row : *rows) {
            Values members;
            bool meant = false;
            bool written = false;
            for (std::size_t i = 0; i < objects_.size(); ++i) {
                const auto found = objects_[i].find(row->field().name);
                // What only the object's default says is not written in the file.
                const bool isThere = found != objects_[i].end() && values[i];
                members.push_back(isThere ? &*found : nullptr);
                written = written || isThere;
                meant = meant || hasMeaning(row->field(), field_.fields, objects_[i]);
            }
            row->setMeant(meant || written);
            row->showValues(members);
        }
    showRows();
}

void ObjectEditor::showUnknown(const std::vector<Json>& objects)
{
    std::vector<std::string> names;
    for (const Json& object : objects)
        for (const auto& [name, value] : object.items()) {
            const bool known = std::any_of(field_.fields.begin(), field_.fields.end(),
                                           [&name = name](const Field& member) { return member.name == name; });
            if (!known && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    const bool same = std::equal(names.begin(), names.end(), unknownFields_.begin(), unknownFields_.end(),
                                 [](const std::string& name, const auto& field) { return name == field->name; });
    if (same) return;
    for (FieldRow* row : unknown_)
        row->deleteLater();
    for (FieldRow* row : unknown_)
        row->hide();
    unknown_.clear();
    std::vector<std::unique_ptr<Field>> old = std::move(unknownFields_);
    unknownFields_.clear();
    for (const std::string& name : names) {
        auto field = std::make_unique<Field>();
        field->name = name;
        field->help =
            "The kind does not know this property. It is kept as it is written; take it out if it is a mistake.";
        unknownFields_.push_back(std::move(field));
        unknown_.push_back(new FieldRow(*unknownFields_.back(), placeOf(path_, name), context_, this));
        add(unknown_.back());
    }
    // Rows that go still look at their fields until the event loop has deleted them.
    for (auto& field : old)
        unknownGone_.push_back(std::move(field));
}

void ObjectEditor::showProblems(const std::vector<Problem>& problems)
{
    for (const auto* rows : {&rows_, &unknown_})
        for (FieldRow* row : *rows) {
            const std::string prefix = "/" + pointerToken(row->field().name);
            std::vector<Problem> own;
            for (const Problem& problem : problems) {
                const bool here = problem.place.starts_with(prefix) &&
                                  (problem.place.size() == prefix.size() || problem.place[prefix.size()] == '/');
                if (here) own.push_back({problem.code, problem.message, problem.place.substr(prefix.size())});
            }
            row->showProblems(own);
        }
}

void ObjectEditor::focusAt(const QString& pointer)
{
    const std::vector<std::string> tokens = pointerTokens(pointer.toStdString());
    if (tokens.empty()) {
        if (!rows_.empty()) rows_.front()->focusAt({});
        return;
    }
    for (const auto* rows : {&rows_, &unknown_})
        for (FieldRow* row : *rows)
            if (row->field().name == tokens[0])
                row->focusAt(pointer.mid(1 + static_cast<int>(pointerToken(tokens[0]).size())));
}

bool ObjectEditor::filter(const QString& text)
{
    filter_ = text.toStdString();
    showRows();
    return std::any_of(rows_.begin(), rows_.end(), [](const FieldRow* row) { return !row->isHidden(); });
}

void ObjectEditor::showRows()
{
    const QString text = QString::fromStdString(filter_);
    for (const auto* rows : {&rows_, &unknown_})
        for (FieldRow* row : *rows)
            row->setHidden(!row->filter(text) || !row->meant());
}

void ObjectEditor::runChanged()
{
    for (FieldRow* row : rows_)
        row->runChanged();
}

} // namespace streamwright::gui
