// SPDX-License-Identifier: GPL-3.0-or-later
// Fixes: what a click can do about a problem of the drawing. Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/graph/pipeline.h"
#include "core/plugin/registry.h"

namespace streamwright {

struct Fix {
    std::string label; // for the button and the undo menu: "Set ShardCount to 10000"
    std::function<void(Pipeline&)> change; // for Document::edit, of the very drawing that has the problem
};

// problem: of Document::problems(). The likeliest first; none when only a person can know.
std::vector<Fix> fixesFor(const Pipeline& pipeline, const Registry& registry, const Problem& problem);

// What of the drawing a problem is about, to jump to: one of the first four is set for most.
struct ProblemSubject {
    std::string node; // id; for timed edits and expectations too
    std::string edge; // edge key
    std::string comment, group;
    std::string property; // JSON pointer below the properties of the node or the edge: "/Prefix"
};
ProblemSubject subjectOf(const Pipeline& pipeline, const Problem& problem);

} // namespace streamwright
