// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorPanel: the form of the selected node or edge, made from its kind's description. What is typed goes to the document
// at once, one editing of a field is one step of undo. Owned by the main window; GUI thread.
#pragma once

#include <QLineEdit>
#include <QScrollArea>
#include <QWidget>

#include "app/gui/inspector/form_context.h"
#include "app/gui/inspector/inspector_header.h"
#include "app/gui/inspector/subject.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class ObjectEditor;

class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPanel(Workbench& workbench, QWidget* parent = nullptr);

    void goTo(const QString& node, const QString& pointer);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void build(const Subject& subject);
    void showHint();
    void take(const QString& pointer, const std::optional<Json>& value);
    void runChanged();

    Workbench& workbench_;
    FormContext context_;
    Subject subject_;
    std::unique_ptr<Field> root_; // described by it, so deleted after the form
    std::vector<Json> properties_; // as shown
    std::vector<Problem> problems_;
    InspectorHeader* header_;
    QLineEdit* filter_;
    QAction* filterIcon_;
    QScrollArea* scroll_;
    ObjectEditor* form_ = nullptr;
    QLabel* hint_;
    bool built_ = false;
    bool building_ = false;
};

} // namespace streamwright::gui
