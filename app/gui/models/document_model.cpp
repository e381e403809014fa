// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/models/document_model.h"

namespace streamwright::gui {

const NodeKind* DocumentModel::kindOf(const std::string& id) const
{
    const Node* node = pipeline().node(id);
    const Registry::Entry* entry = node ? registry_.find(node->kind) : nullptr;
    return entry ? &entry->kind : nullptr;
}

void DocumentModel::clear()
{
    document_.clear();
    emit opened();
    tell();
}

Result<void> DocumentModel::open(const QString& path)
{
    auto result = document_.open(path.toStdString());
    if (!result) return result;
    emit opened();
    tell();
    return result;
}

Result<void> DocumentModel::save(const QString& path)
{
    const std::size_t problems = document_.problems().size();
    auto result = document_.save(path.toStdString());
    if (!result) return result;
    // What was said of the file is over; what is said of files beside it may be.
    if (document_.problems().size() != problems) emit changed();
    emit stateChanged();
    return result;
}

Result<std::vector<Problem>> DocumentModel::recover(Autosave& autosave, const Leftover& leftover)
{
    auto result = autosave.recover(leftover, document_);
    if (!result) return result;
    emit opened();
    tell();
    return result;
}

void DocumentModel::edit(const QString& what, const std::function<void(Pipeline&)>& change, const QString& mergeKey)
{
    document_.edit(what.toStdString(), change, mergeKey.toStdString());
    tell();
}

void DocumentModel::undo()
{
    document_.undo();
    tell();
}

void DocumentModel::redo()
{
    document_.redo();
    tell();
}

void DocumentModel::tell()
{
    emit changed();
    emit stateChanged();
}

} // namespace streamwright::gui
