// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the designer, a program of its own beside this one: nothing of the command line needs a GUI library. Main thread.
#pragma once

#include <string>
#include <vector>

namespace streamwright::cli {

// Becomes the designer; returns (an ExitCode, said why) only when that fails. endpoint: ADDR:PORT or "".
int openDesigner(const std::string& file, const std::string& endpoint, bool noEndpoint);
int becomeDesigner(const std::vector<std::string>& arguments);

} // namespace streamwright::cli
