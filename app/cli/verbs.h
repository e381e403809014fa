// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the command line, one file each. Each adds its sub-command to the parser and says what to call when it was
// chosen. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "core/plugin/registry.h"

namespace streamwright::cli {

enum ExitCode : int { kOk = 0, kExpectationFailed = 1, kBadInput = 2, kInternal = 3 };

using Action = std::function<int()>; // returns an ExitCode

Action addRun(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addTest(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addValidate(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addKinds(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addSchema(CLI::App& app, const Registry& registry, CLI::App*& command);

} // namespace streamwright::cli
