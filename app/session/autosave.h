// SPDX-License-Identifier: GPL-3.0-or-later
// Autosave: a copy of unsaved work that survives a crash. Each process has one recovery file in the state folder, named by
// its process id; it goes when there is nothing unsaved and at a clean exit. Others' files whose process is gone are what
// a crash left. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/document.h"

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

    // To be called now and then: writes when there is unsaved work newer than the recovery file, removes the file when
    // there is none. The problem says why work could not be kept safe (full disk).
    Result<void> keep();
    const std::string& file() const { return file_; }

    std::vector<Leftover> leftovers() const; // newest first
    // Puts the unsaved work into the document, modified, under its old path; the leftover is gone once this process's own
    // copy is written.
    Result<void> recover(const Leftover& leftover, Document& into);
    void discard(const Leftover& leftover);

    // $XDG_STATE_HOME/streamwright, or ~/.local/state/streamwright.
    static std::string stateFolder();

private:
    const Document& document_;
    const std::string folder_;
    const std::string file_;
    std::uint64_t kept_ = 0; // Document::revision() of what the file holds
    std::string recovered_; // leftover to go after the next keep
};

} // namespace streamwright
