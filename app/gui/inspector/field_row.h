// SPDX-License-Identifier: GPL-3.0-or-later
// FieldRow: a member of an object in a form: its name, its editor, help, what is wrong with it, and the way back to the
// default. A bar at the left marks what is written in the file. An object is a section that folds; its rows are made when
// it is unfolded first. Owned by its form; GUI thread.
#pragma once

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/inspector/note_label.h"
#include "app/gui/inspector/value_editor.h"
#include "app/gui/theme/elided_label.h"

namespace streamwright::gui {

class FieldRow : public QWidget {
    Q_OBJECT
public:
    FieldRow(const Field& field, const QString& path, FormContext& context, QWidget* parent);

    const Field& field() const { return field_; }
    void showValues(const Values& values);
    void showProblems(const std::vector<Problem>& problems);
    void focusAt(const QString& pointer);
    bool filter(const QString& text);
    void runChanged();
    void setMeant(bool meant) { meant_ = meant; } // by its siblings; shown only then
    bool meant() const { return meant_; }
    bool written() const { return written_; }
    bool expanded() const { return expanded_; }
    void setExpanded(bool expanded);

signals:
    void edited(const QString& pointer, const std::optional<Json>& value);
    void finished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    bool isSection() const { return field_.type == Field::Type::Object && !field_.fields.empty(); }
    bool fixed() const; // takes effect at a start only, itself or by what it lies in
    bool unfoldsAtFirst() const;
    void makeHead();
    void makeEditor();
    QToolButton* headButton(const QString& name, const QString& icon, const QString& text);
    void take(const QString& pointer, const std::optional<Json>& value);
    void showSummary();
    void showNote(NoteLabel*& label, Theme::Token token, const char* icon, const QString& text);
    void showWaiting();
    void showRefusal(const QString& message);
    void dress();

    const Field& field_;
    const QString path_;
    FormContext& context_;
    QVBoxLayout* layout_;
    QHBoxLayout* head_;
    ValueEditor* editor_ = nullptr;
    ElidedLabel* summary_ = nullptr;
    QToolButton* fold_ = nullptr;
    QToolButton* add_ = nullptr; // for an optional object without a default
    QToolButton* restart_;
    QToolButton* help_;
    QToolButton* reset_;
    NoteLabel* helpText_ = nullptr;
    NoteLabel* wrong_ = nullptr;
    NoteLabel* waiting_ = nullptr;

    std::vector<std::optional<Json>> values_; // shown last; for a section unfolded later
    std::vector<Problem> problems_;
    QString refusal_, filter_;
    bool meant_ = true;
    bool written_ = false;
    bool missing_ = false; // absent in one of the nodes at least
    bool expanded_ = false;
    bool hovered_ = false;
};

} // namespace streamwright::gui
