// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of a drawing as text for the system clipboard: a pipeline file of the piece alone, so that it can be pasted into
// an editor or another window as well, and the text of any pipeline file into a drawing. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "app/session/arrange.h"

namespace streamwright {

// The nodes, the links between them, notes and groups (with their nodes); "" when there is nothing to copy.
std::string copyParts(const Pipeline& pipeline, const Parts& parts);

// Whether a text of that size may be such a piece, by its first kFragmentHead bytes: cheap enough to ask whenever the
// clipboard changes.
constexpr std::size_t kFragmentHead = 256;
bool mayBeFragment(std::string_view head, std::size_t size);
// The piece (of a whole file: its nodes, edges, notes and groups are what is pasted), or why the text is none.
Result<Pipeline> readFragment(const std::string& text);

// Adds the piece with fresh ids, its upper left corner at a place; what was added is to be selected.
Parts paste(Pipeline& pipeline, const Pipeline& fragment, Point at);
// A copy beside the original, links to the outside not kept.
Parts duplicate(Pipeline& pipeline, const Parts& parts, Point offset = {2 * kGrid, 2 * kGrid});

} // namespace streamwright
