// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/document.h"

#include <filesystem>

#include "core/base/file.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

Document::Document(const Registry& registry) : registry_(registry) { check(); }

void Document::clear()
{
    pipeline_ = {};
    path_.clear();
    steps_.clear();
    done_ = saved_ = 0;
    check();
}

Result<void> Document::open(const std::string& path)
{
    const auto text = readFile(path);
    if (!text) return text.problem();
    pipeline_ = readPipeline(*text).pipeline;
    path_ = path;
    steps_.clear();
    done_ = saved_ = 0;
    check();
    return {};
}

Result<void> Document::save(const std::string& path)
{
    const std::string target = path.empty() ? path_ : path;
    if (auto written = writeFileAtomically(target, writePipeline(pipeline_)); !written) return written;
    path_ = target;
    saved_ = done_;
    return {};
}

bool Document::modified() const { return done_ != saved_; }

Project Document::project() const { return {path_, pipeline_, plan_, problems_}; }

void Document::edit(const std::string& what, const std::function<void(Pipeline&)>& change, const std::string& mergeKey)
{
    Pipeline after = pipeline_;
    change(after);
    if (after == pipeline_) return;
    steps_.resize(done_);
    if (!mergeKey.empty() && mergeKey == mergeKey_ && done_ > saved_)
        steps_.back().after = after;
    else
        steps_.push_back({what, pipeline_, after});
    done_ = steps_.size();
    mergeKey_ = mergeKey;
    pipeline_ = std::move(after);
    check();
}

void Document::endGesture() { mergeKey_.clear(); }

void Document::undo()
{
    if (done_ == 0) return;
    pipeline_ = steps_[--done_].before;
    endGesture();
    check();
}

void Document::redo()
{
    if (done_ == steps_.size()) return;
    pipeline_ = steps_[done_++].after;
    endGesture();
    check();
}

std::string Document::undoText() const { return done_ == 0 ? "" : steps_[done_ - 1].what; }
std::string Document::redoText() const { return done_ == steps_.size() ? "" : steps_[done_].what; }

void Document::check()
{
    PipelineCheck check = checkPipeline(pipeline_, registry_, std::filesystem::path(path_).parent_path().string());
    plan_ = std::move(check.plan);
    problems_ = std::move(check.problems);
}

} // namespace streamwright
