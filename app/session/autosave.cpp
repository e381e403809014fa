// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/autosave.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <tuple>

#include "core/base/file.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".recovery";

// Held by the owner of the recovery file.
std::string lockOf(const std::string& file) { return file + ".lock"; }

// When the kernel started the process, in its ticks: tells a process from a later one of the same id. "" = there is none.
std::string startOf(const std::string& process)
{
    const auto stat = readFile("/proc/" + process + "/stat");
    if (!stat) return {};
    std::size_t at = stat->rfind(')'); // the name before it may hold anything
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = stat->find(' ', at + 1);
    if (at == std::string::npos) return {};
    return stat->substr(at + 1, stat->find(' ', at + 1) - at - 1);
}

// PROCESS-START-RANDOM.recovery: another one's never, though ids and starts come again after a reboot or in a container.
std::string ownName()
{
    const std::string process = std::to_string(::getpid());
    std::random_device chance;
    const auto random = static_cast<std::uint64_t>(chance()) << 32 | chance();
    return process + "-" + startOf(process) + "-" + std::to_string(random) + kEnding;
}

bool ownerLives(const fs::path& file)
{
    if (const auto held = HeldFile::isHeld(lockOf(file.string()))) return *held;
    const std::string name = file.filename().string();
    const auto dash = name.find('-');
    const auto second = dash == std::string::npos ? dash : name.find('-', dash + 1);
    if (second == std::string::npos) return false;
    return startOf(name.substr(0, dash)) == name.substr(dash + 1, second - dash - 1);
}

struct Kept {
    Leftover head;
    PipelineReading reading;
    bool damaged = false;
};

Result<Kept> readKept(const std::string& file)
{
    const auto text = readFile(file);
    if (!text) return text.problem();
    const auto json = parseJson(*text);
    const auto member = [&](const char* name) {
        const bool there = json && json->is_object() && json->contains(name) && (*json)[name].is_string();
        return there ? (*json)[name].get<std::string>() : std::string();
    };
    const std::string drawing = member("drawing");
    if (drawing.empty()) return Problem{ProblemCode::Corrupt, "is no recovery file", file};
    Kept kept;
    kept.reading = readPipeline(drawing);
    kept.head = {file, member("path"), kept.reading.pipeline.name, 0};
    kept.damaged = json->value("damaged", Json()) == true;
    if (json->contains("savedAt") && (*json)["savedAt"].is_number_integer())
        kept.head.savedAt = (*json)["savedAt"].get<std::int64_t>();
    return kept;
}

void remove(const std::string& file)
{
    std::error_code ignored; // it may be gone already
    fs::remove(file, ignored);
}

// Another's, whose process is gone.
void removeLeftover(const std::string& file)
{
    remove(file);
    remove(lockOf(file));
}

} // namespace

Autosave::Autosave(const Document& document, std::string folder)
    : document_(document),
      folder_(std::move(folder)),
      file_(folder_ + "/" + ownName())
{
}

Autosave::~Autosave()
{
    remove(file_);
    if (!recovered_.empty()) removeLeftover(recovered_);
}

Result<void> Autosave::keep()
{
    const auto copy = take();
    if (!copy) return {};
    auto done = write(*copy);
    if (done) written(*copy);
    return done;
}

std::optional<Autosave::Copy> Autosave::take() const
{
    const std::uint64_t revision = document_.modified() ? document_.revision() : 0;
    if (revision == kept_ && recovered_.empty()) return {};
    Copy copy{{}, document_.path(), document_.damaged(), revision, recovered_};
    if (document_.modified()) copy.drawing = document_.pipeline();
    return copy;
}

Result<void> Autosave::write(const Copy& copy)
{
    if (!copy.drawing) {
        remove(file_);
        return {};
    }
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) return ioProblem("create", folder_, failed.value());
    ::chmod(folder_.c_str(), 0700); // drawings are nobody else's business
    owner_.hold(lockOf(file_));
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const Json out = {{"path", copy.path},
                      {"savedAt", std::chrono::duration_cast<std::chrono::seconds>(now).count()},
                      {"damaged", copy.damaged},
                      {"drawing", writePipeline(*copy.drawing)}};
    return writeFileAtomically(file_, out.dump());
}

void Autosave::written(const Copy& copy)
{
    kept_ = copy.revision;
    if (copy.leftover.empty()) return;
    removeLeftover(copy.leftover);
    if (recovered_ == copy.leftover) recovered_.clear();
}

std::vector<Leftover> Autosave::leftovers() const
{
    std::vector<Leftover> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
        if (entry.path().extension() != kEnding || ownerLives(entry.path())) continue;
        if (const auto kept = readKept(entry.path().string())) found.push_back(kept->head);
    }
    std::sort(found.begin(), found.end(), [](const Leftover& a, const Leftover& b) {
        return std::tie(b.savedAt, a.file) < std::tie(a.savedAt, b.file);
    });
    return found;
}

Result<std::vector<Problem>> Autosave::recover(const Leftover& leftover, Document& into)
{
    auto kept = readKept(leftover.file);
    if (!kept) return kept.problem();
    const bool whole = kept->reading.problems.empty();
    into.restore(std::move(kept->reading.pipeline), kept->head.path, kept->damaged || !whole);
    if (whole) recovered_ = leftover.file;
    return std::move(kept->reading.problems);
}

void Autosave::discard(const Leftover& leftover) { removeLeftover(leftover.file); }

std::string Autosave::stateFolder()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return value && value[0] == '/' ? std::string(value) : std::string();
    };
    if (const std::string state = variable("XDG_STATE_HOME"); !state.empty()) return state + "/streamwright";
    if (const std::string home = variable("HOME"); !home.empty()) return home + "/.local/state/streamwright";
    return (fs::temp_directory_path() / ("streamwright-" + std::to_string(::getuid()))).string();
}

} // namespace streamwright
