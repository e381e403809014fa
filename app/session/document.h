// SPDX-License-Identifier: GPL-3.0-or-later
// Document: a pipeline file being edited: the drawing, its undo history, its path and whether it is saved. One thread.
// Every change of any kind goes through edit: one call, one step of undo.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/session/project.h"

namespace streamwright {

class Document {
public:
    explicit Document(const Registry& registry);

    void clear(); // a new, empty, unsaved drawing
    // What is wrong with the file stands in problems(); the good part is shown. A file that cannot be read at all is a
    // Problem, and nothing changes.
    Result<void> open(const std::string& path);
    // Under another path from then on, unless it is empty. The old file stays whole when writing fails.
    Result<void> save(const std::string& path = {});

    const Pipeline& pipeline() const { return pipeline_; }
    const std::string& path() const { return path_; }
    bool modified() const;
    // Of the file as opened and the drawing as it is; places: JSON pointers ("/nodes/3/id").
    const std::vector<Problem>& problems() const { return problems_; }
    // For a run; its problems are those of problems().
    Project project() const;

    // what: for the undo menu ("Move 3 nodes"). Calls with the same mergeKey that follow each other are one step, as the
    // moves of one drag. A change that changes nothing leaves no step.
    void edit(const std::string& what, const std::function<void(Pipeline&)>& change, const std::string& mergeKey = {});
    // Ends a gesture: the next edit is a step of its own whatever its mergeKey.
    void endGesture();
    void undo();
    void redo();
    std::string undoText() const; // "" when there is nothing to undo
    std::string redoText() const;

private:
    struct Step {
        std::string what;
        Pipeline before, after;
    };
    void check();

    const Registry& registry_;
    Pipeline pipeline_;
    std::string path_;
    std::vector<Problem> problems_;
    std::vector<Step> steps_;
    std::size_t done_ = 0; // steps_ before it are done, those from it on undone
    std::size_t saved_ = 0;
    std::string mergeKey_;
    PipelinePlan plan_;
};

} // namespace streamwright
