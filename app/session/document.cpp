// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/document.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "app/session/wiring.h"
#include "core/base/file.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

namespace {

// The drawing's own places, which problems name: those of the file hold only until the first edit.
void number(Pipeline& pipeline)
{
    const auto each = [](auto& items) {
        std::size_t position = 0;
        for (auto& item : items)
            item.position = position++;
    };
    each(pipeline.nodes);
    each(pipeline.edges);
    each(pipeline.edits);
    each(pipeline.expect);
}

// "/nodes/3/id": the list and the index in it; none for a member that is no list.
std::optional<std::size_t> indexIn(const std::string& pointer, const std::string& list)
{
    const std::string head = "/" + list + "/";
    std::size_t index = 0;
    if (pointer.rfind(head, 0) != 0) return std::nullopt;
    const auto read = std::from_chars(pointer.data() + head.size(), pointer.data() + pointer.size(), index);
    return read.ec == std::errc() ? std::optional(index) : std::nullopt;
}

// A name for the copy of a damaged file that nothing bears yet.
std::string freshCopyName(const std::string& path)
{
    std::string name = path + ".damaged";
    for (int number = 2; std::filesystem::exists(name); ++number)
        name = path + ".damaged-" + std::to_string(number);
    return name;
}

} // namespace

Document::Document(const Registry& registry) : registry_(registry) { reset({}, {}); }

void Document::clear() { reset({}, {}); }

Result<void> Document::open(const std::string& path)
{
    const auto text = readFile(path);
    if (!text) return text.problem();
    PipelineReading reading = readPipeline(*text);
    std::vector<FileProblem> problems;
    const std::vector<Problem> located = locateProblems(reading.problems, path, *text);
    for (std::size_t i = 0; i < located.size(); ++i) {
        FileProblem& entry = problems.emplace_back(FileProblem{located[i], {}, {}, {}});
        const std::string& pointer = reading.problems[i].place;
        entry.member = pointer.substr(0, pointer.find('/', 1));
        for (const Node& node : reading.pipeline.nodes)
            if (indexIn(pointer, "nodes") == node.position) entry.node = node.id;
        for (const Edge& edge : reading.pipeline.edges)
            if (indexIn(pointer, "edges") == edge.position) entry.edge = keyOf(edge);
    }
    reset(std::move(reading.pipeline), path);
    damaged_ = !problems.empty();
    fileProblems_ = std::move(problems);
    check();
    return {};
}

void Document::restore(Pipeline pipeline, const std::string& path, bool damaged)
{
    reset(std::move(pipeline), path);
    damaged_ = damaged;
    saved_.reset();
}

void Document::reset(Pipeline pipeline, const std::string& path)
{
    pipeline_ = std::move(pipeline);
    number(pipeline_);
    last_ = pipeline_;
    path_ = path;
    damaged_ = false;
    fileProblems_.clear();
    steps_.clear();
    mergeKey_.clear();
    checked_ = {};
    done_ = historyBytes_ = 0;
    saved_ = 0;
    ++revision_;
    check();
}

Result<void> Document::save(const std::string& path)
{
    std::string target = path.empty() ? path_ : path;
    if (target.empty()) return Problem{ProblemCode::InvalidInput, "the drawing has no file yet: choose one", ""};
    std::error_code none;
    if (const auto real = std::filesystem::canonical(target, none); !none && std::filesystem::is_symlink(target, none))
        target = real.string(); // the link stays one
    keptOriginal_.clear();
    if (damaged_ && std::filesystem::equivalent(target, path_, none)) {
        const auto damaged = readFile(target);
        if (!damaged) return damaged.problem();
        const std::string copy = freshCopyName(target);
        if (auto kept = writeFileAtomically(copy, *damaged); !kept) return kept;
        keptOriginal_ = copy;
    }
    if (auto written = writeFileAtomically(target, writePipeline(pipeline_)); !written) return written;
    path_ = path.empty() ? path_ : path;
    saved_ = done_;
    endGesture();
    damaged_ = false;
    fileProblems_.clear();
    check();
    return {};
}

bool Document::modified() const { return saved_ != done_; }

Project Document::project() const
{
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    return {path_, pipeline_, checkPipeline(pipeline_, registry_, folder).plan, problems_};
}

void Document::edit(const std::string& what, const std::function<void(Pipeline&)>& change, const std::string& mergeKey)
{
    change(pipeline_);
    const bool merging =
        !mergeKey.empty() && mergeKey == mergeKey_ && done_ > 0 && done_ == steps_.size() && saved_ != done_;
    PipelineDelta latest(last_, pipeline_);
    if (latest.empty()) return number(pipeline_);
    forgetFileProblems(latest);
    if (saved_ && *saved_ > done_) saved_.reset();
    for (; steps_.size() > done_; steps_.pop_back())
        historyBytes_ -= steps_.back().delta.bytes();
    if (merging) {
        steps_.back().delta.undo(last_);
        historyBytes_ -= steps_.back().delta.bytes();
        steps_.pop_back();
        latest = PipelineDelta(last_, pipeline_);
    }
    mergeKey_ =
        latest.empty() ? std::string() : mergeKey; // back where the gesture began: there is no step to go on with
    if (!latest.empty()) {
        latest.redo(last_);
        historyBytes_ += latest.bytes();
        steps_.push_back({what, std::move(latest)});
    }
    done_ = steps_.size();
    forgetOldSteps();
    tookStep();
}

void Document::endGesture() { mergeKey_.clear(); }

void Document::undo()
{
    if (done_ == 0) return;
    const PipelineDelta& delta = steps_[--done_].delta;
    delta.undo(pipeline_);
    delta.undo(last_);
    endGesture();
    tookStep();
}

void Document::redo()
{
    if (done_ == steps_.size()) return;
    const PipelineDelta& delta = steps_[done_++].delta;
    delta.redo(pipeline_);
    delta.redo(last_);
    endGesture();
    tookStep();
}

std::string Document::undoText() const { return done_ == 0 ? "" : steps_[done_ - 1].what; }
std::string Document::redoText() const { return done_ == steps_.size() ? "" : steps_[done_].what; }

void Document::tookStep()
{
    number(pipeline_);
    ++revision_;
    check();
}

void Document::forgetOldSteps()
{
    while (historyBytes_ > kMostHistoryBytes && steps_.size() > 1) {
        historyBytes_ -= steps_.front().delta.bytes();
        steps_.pop_front();
        --done_;
        if (saved_ && (*saved_)-- == 0) saved_.reset();
    }
}

void Document::forgetFileProblems(const PipelineDelta& delta)
{
    fileProblems_.erase(std::remove_if(fileProblems_.begin(), fileProblems_.end(),
                                       [&](const FileProblem& entry) {
                                           if (!entry.node.empty()) return delta.touchesNode(entry.node);
                                           if (!entry.edge.empty()) return delta.touchesEdge(entry.edge);
                                           return delta.touchesHead() &&
                                                  (entry.member == "/name" || entry.member == "/description" ||
                                                   entry.member == "/run");
                                       }),
                        fileProblems_.end());
}

void Document::check()
{
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    std::vector<Problem> found = checkAgain(pipeline_, registry_, folder, checked_);
    problems_.clear();
    for (const FileProblem& entry : fileProblems_)
        problems_.push_back(entry.problem);
    problems_.insert(problems_.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

} // namespace streamwright
