// SPDX-License-Identifier: GPL-3.0-or-later
// ValueEditor: edits one value as its field describes it. It never keeps the value: it shows what stands in the document
// (of one node or of several) and offers changes, by a pointer relative to itself. What breaks the field's rules stays
// visible as typed, is told with the rule's message, and is not offered. Owned by its form; GUI thread.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "app/gui/inspector/form_context.h"
#include "core/schema/field.h"

namespace streamwright::gui {

// One entry for each of what is edited together; null = absent there.
using Values = std::vector<const Json*>;

class ValueEditor : public QWidget {
    Q_OBJECT
public:
    // path: the pointer from the properties ("/Pattern/Type"); fields outlive their editors.
    ValueEditor(const Field& field, QString path, FormContext& context, QWidget* parent);

    // Leaves cursor, focus and text being typed alone where they show these values already.
    virtual void showValues(const Values& values) = 0;
    // Of the document, places relative; for editors with places inside.
    virtual void showProblems(const std::vector<Problem>&) { }
    // Goes to the place below, as far as it exists.
    virtual void focusAt(const QString& pointer);
    // Hides what does not match; false when nothing does.
    virtual bool filter(const QString&) { return true; }
    // The editor itself bears the field's name (a check box).
    virtual bool showsName() const { return false; }
    // A run began or ended.
    virtual void runChanged() { }

    const Field& field() const { return field_; }
    const QString& path() const { return path_; }

signals:
    void edited(const QString& pointer, const std::optional<Json>& value); // nothing = absent
    void refused(const QString& message); // "" = all is well again
    void finished(); // a gesture has ended: what follows is another step

protected:
    struct Common {
        const Json* value = nullptr;
        bool various = false; // they differ
    };
    static Common commonOf(const Values& values);

    // Checks by the field's rules, then edited or refused.
    void offer(const std::optional<Json>& value);
    // Names a widget for tests, screen readers and focus.
    void introduce(QWidget* widget);

    const Field& field_;
    const QString path_;
    FormContext& context_;
};

ValueEditor* makeEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent);

// "must be at most 5" as a sentence: "Must be at most 5."
QString sentence(const std::string& message);

} // namespace streamwright::gui
