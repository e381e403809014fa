// SPDX-License-Identifier: GPL-3.0-or-later
// ListEditor: the items of a list, or the entries of a map with their keys: add, remove, move up and down. Rows are kept while
// their number stays, so that what is being typed is left alone. Owned by its form; GUI thread.
#pragma once

#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/inspector/line_field.h"
#include "app/gui/inspector/note_label.h"
#include "app/gui/inspector/value_editor.h"
#include "app/gui/theme/elided_label.h"

namespace streamwright::gui {

class ListEditor : public ValueEditor {
    Q_OBJECT
public:
    ListEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    void showValues(const Values& values) override;
    void showProblems(const std::vector<Problem>& problems) override;
    void focusAt(const QString& pointer) override;
    void runChanged() override;

private:
    struct Row {
        QWidget* frame = nullptr;
        ElidedLabel* title = nullptr;
        LineField* key = nullptr; // of a map
        NoteLabel* wrong = nullptr;
        QToolButton* up = nullptr;
        QToolButton* down = nullptr;
        ValueEditor* editor = nullptr;
        QString refusal, problem;
    };
    bool isMap() const { return field_.type == Field::Type::Map; }
    Json shown() const;
    QString pointerOf(std::size_t row) const;
    void makeRow(std::size_t index);
    QToolButton* rowButton(const QString& name, const QString& icon, const QString& text, std::size_t index,
                           QWidget* parent);
    void addItem();
    void removeItem(std::size_t index);
    void moveItem(std::size_t index, int by);
    void renameKey(std::size_t index, const QString& key);
    void showWrong(Row& row);
    QString titleOf(std::size_t index, const Json& item) const;
    void dress();

    QVBoxLayout* layout_;
    QToolButton* add_;
    NoteLabel* note_; // why it cannot be edited
    std::vector<std::unique_ptr<Row>> rows_;
    std::vector<std::string> keys_;
    std::optional<Json> value_;
};

} // namespace streamwright::gui
