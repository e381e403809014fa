// SPDX-License-Identifier: GPL-3.0-or-later
// Document: a pipeline file being edited: the drawing, its undo history, its path and whether it is saved. One thread.
// Every change of any kind goes through edit: one call, one step of undo. The history keeps differences and forgets its
// oldest steps when it grows beyond kMostHistoryBytes.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/session/pipeline_delta.h"
#include "app/session/project.h"

namespace streamwright {

constexpr std::size_t kMostHistoryBytes = 128u << 20;

class Document {
public:
    explicit Document(const Registry& registry);

    void clear(); // a new, empty, unsaved drawing
    // What is wrong with the file stands in problems(); the good part is shown. A file that cannot be read at all is a
    // Problem, and nothing changes.
    Result<void> open(const std::string& path);
    // Unsaved work of another time, under the path it had ("" = none): modified from the start. damaged: what damaged()
    // was then.
    void restore(Pipeline pipeline, const std::string& path, bool damaged = false);
    // Under another path from then on, unless it is empty. The old file stays whole when writing fails. A damaged file that
    // was opened is kept beside it as FILE.damaged before the good part takes its place.
    Result<void> save(const std::string& path = {});

    const Pipeline& pipeline() const { return pipeline_; }
    const std::string& path() const { return path_; }
    bool modified() const;
    bool damaged() const { return damaged_; } // the file holds what the drawing does not: save keeps a copy of it
    // Where the last save put the damaged file that the drawing took the place of; "" = there was none.
    const std::string& keptOriginal() const { return keptOriginal_; }
    std::uint64_t revision() const { return revision_; } // another number for every other drawing
    // What is wrong with the drawing as it is, places: JSON pointers into its lists ("/nodes/3/id"). After those of the
    // file as opened, places: "FILE:LINE (/nodes/3/id)", until it is saved or what they are about is edited.
    const std::vector<Problem>& problems() const { return problems_; }
    // For a run, planned anew by each call; its problems are those of problems().
    Project project() const;

    // what: for the undo menu ("Move 3 nodes"). Calls with the same mergeKey that follow each other are one step, as the
    // moves of one drag. A change that changes nothing leaves no step.
    void edit(const std::string& what, const std::function<void(Pipeline&)>& change, const std::string& mergeKey = {});
    // Ends a gesture: the next edit is a step of its own whatever its mergeKey.
    void endGesture();
    void undo(); // also past a save
    void redo();
    std::string undoText() const; // "" when there is nothing to undo
    std::string redoText() const;

private:
    struct Step {
        std::string what;
        PipelineDelta delta;
    };
    struct FileProblem {
        Problem problem;
        std::string node, edge, member; // what it is about, as far as it is in the drawing
    };
    void reset(Pipeline pipeline, const std::string& path);
    void tookStep();
    void forgetOldSteps();
    void forgetFileProblems(const PipelineDelta& delta);
    void check();

    const Registry& registry_;
    Pipeline pipeline_;
    Pipeline last_; // as after the last step: what an edit is compared with
    std::string path_;
    bool damaged_ = false;
    std::string keptOriginal_;
    std::vector<FileProblem> fileProblems_;
    std::vector<Problem> problems_;
    std::deque<Step> steps_;
    std::size_t done_ = 0; // steps_ before it are done, those from it on undone
    std::optional<std::size_t> saved_ = 0; // done_ of the saved drawing; none when no step leads there
    std::size_t historyBytes_ = 0;
    std::uint64_t revision_ = 0;
    std::string mergeKey_;
    CheckMemory checked_;
};

} // namespace streamwright
