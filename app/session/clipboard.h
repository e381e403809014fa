// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of a drawing as text for the system clipboard: a pipeline file of the piece alone, so that it can be pasted into
// an editor or another window as well. Any thread.
#pragma once

#include <string>

#include "app/session/arrange.h"

namespace streamwright {

// The nodes, the links between them, notes and groups (with their nodes); "" when there is nothing to copy.
std::string copyParts(const Pipeline& pipeline, const Parts& parts);

// Whether a text is such a piece, or why not; cheap enough to ask whenever the clipboard changes.
Result<Pipeline> readFragment(const std::string& text);

// Adds the piece with fresh ids, its upper left corner at a place; what was added is to be selected.
Parts paste(Pipeline& pipeline, const Pipeline& fragment, Point at);
// A copy beside the original, links to the outside not kept.
Parts duplicate(Pipeline& pipeline, const Parts& parts, Point offset = {2 * kGrid, 2 * kGrid});

} // namespace streamwright
