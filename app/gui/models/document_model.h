// SPDX-License-Identifier: GPL-3.0-or-later
// DocumentModel: the document with signals, for widgets. GUI thread. Widgets read pipeline() and change it by edit() only;
// they follow changed(), whoever made the change.
#pragma once

#include <QObject>

#include "app/session/autosave.h"

namespace streamwright::gui {

class DocumentModel : public QObject {
    Q_OBJECT
public:
    explicit DocumentModel(const Registry& registry) : registry_(registry), document_(registry) { }

    const Registry& registry() const { return registry_; }
    Document& document() { return document_; } // for undo texts and the like; change it through this class
    const Pipeline& pipeline() const { return document_.pipeline(); }
    const std::vector<Problem>& problems() const { return document_.problems(); }
    const NodeKind* kindOf(const std::string& node) const; // null for an unknown kind or node

    void clear();
    Result<void> open(const QString& path);
    Result<void> save(const QString& path = {});
    Result<std::vector<Problem>> recover(Autosave& autosave, const Leftover& leftover);
    void edit(const QString& what, const std::function<void(Pipeline&)>& change, const QString& mergeKey = {});
    void endGesture() { document_.endGesture(); }
    void undo();
    void redo();

signals:
    void changed(); // the drawing differs, or what is wrong with it
    void opened(); // another drawing: views forget what they kept of the old one (changed() follows)
    void stateChanged(); // path, modified, undo and redo texts

private:
    void tell();

    const Registry& registry_;
    Document document_;
};

} // namespace streamwright::gui
