// SPDX-License-Identifier: GPL-3.0-or-later
// Autosave: a copy of unsaved work that survives a crash. Each process has one recovery file in the state folder and
// holds a lock beside it; it goes when there is nothing unsaved and at a clean exit. Others' files that nobody holds are
// what a crash left. One thread; a Copy is written on any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/document.h"
#include "app/session/held_file.h"

namespace streamwright {

struct Leftover {
    std::string file; // the recovery file
    std::string path; // of the drawing; "" = never saved
    std::string name; // the drawing's own
    std::int64_t savedAt = 0; // Unix seconds
};

class Autosave {
public:
    // folder: where recovery files lie; stateFolder() but for tests.
    explicit Autosave(const Document& document, std::string folder = stateFolder());
    ~Autosave(); // clean exit

    // What the recovery file is to hold.
    struct Copy {
        std::optional<Pipeline> drawing; // none: nothing is unsaved, the file is to go
        std::string path;
        bool damaged = false;
        std::uint64_t revision = 0;
        std::string leftover; // to go once this is written
    };

    // To be called now and then: writes when there is unsaved work newer than the recovery file, removes the file when
    // there is none. The problem says why work could not be kept safe (full disk).
    Result<void> keep();
    // keep() in three steps, for those whose thread must not wait for the disk: take a copy (none: the file is as it
    // should be), write it on any thread, then say here that it is written. One copy at a time.
    std::optional<Copy> take() const;
    Result<void> write(const Copy& copy);
    void written(const Copy& copy);
    const std::string& file() const { return file_; }

    std::vector<Leftover> leftovers() const; // newest first
    // Puts the unsaved work into the document, modified, under its old path; the leftover is gone once this process's own
    // copy is written. What of it could not be read is the answer; the leftover stays then.
    Result<std::vector<Problem>> recover(const Leftover& leftover, Document& into);
    void discard(const Leftover& leftover);

    // $XDG_STATE_HOME/streamwright, or ~/.local/state/streamwright.
    static std::string stateFolder();

private:
    const Document& document_;
    const std::string folder_;
    const std::string file_;
    HeldFile owner_; // of file_; used by write() only
    std::uint64_t kept_ = 0; // Document::revision() of what the file holds
    std::string recovered_; // leftover to go after the next copy is written
};

} // namespace streamwright
