// SPDX-License-Identifier: GPL-3.0-or-later
// Subject: what the inspector edits: nodes of one kind, edges of one port, a note, a group, or the pipeline itself; all as
// properties described by fields. A value; GUI thread.
#pragma once

#include <QString>

#include "app/gui/models/document_model.h"
#include "app/gui/models/selection.h"

namespace streamwright::gui {

struct Subject {
    enum class What { Pipeline, Nodes, Edges, Comment, Group, Several };

    What what = What::Pipeline;
    std::vector<std::string> ids; // of nodes, edges (their keys), the note or the group
    std::string kind; // of the nodes, or of what the edges come from
    std::string port; // of the edges
    QString explanation; // of Several: why there is no form

    bool operator==(const Subject&) const = default;
};

Subject subjectOf(const Selected& selected, const DocumentModel& document);

// The form's description: an object whose members are the properties.
Field formOf(const Subject& subject, const Registry& registry);

// The properties of each, in the order of ids.
std::vector<Json> propertiesOf(const Subject& subject, const Pipeline& pipeline);

// For Document::edit: of all of them; nothing = back to the default.
void setProperty(const Subject& subject, const Field& form, Pipeline& pipeline, const std::string& pointer,
                 const std::optional<Json>& value);

// The document's problems about it, their places JSON pointers below the properties.
std::vector<Problem> problemsOf(const Subject& subject, const DocumentModel& document);

} // namespace streamwright::gui
