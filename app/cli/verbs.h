// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the command line, one file each. Each adds its sub-command to the parser and says what to call when it was
// chosen. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "core/plugin/registry.h"

namespace streamwright::cli {

enum ExitCode : int { kOk = 0, kExpectationFailed = 1, kBadInput = 2, kInternal = 3 };

using Action = std::function<int()>; // returns an ExitCode

// Checks of option values: what the parser itself would silently take as something else.
inline CLI::Validator notEmpty()
{
    return CLI::Validator(
        [](std::string& text) { return text.empty() ? std::string("must not be empty") : std::string(); }, "");
}
inline CLI::Validator wholeNumber()
{
    return CLI::Validator(
        [](std::string& text) {
            const bool digits =
                !text.empty() && text.size() <= 19 && text.find_first_not_of("0123456789") == std::string::npos;
            return digits ? std::string() : "must be a whole number below 10^19, not \"" + text + "\"";
        },
        "");
}

Action addRun(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addServe(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addTest(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addValidate(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addKinds(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addRender(CLI::App& app, const Registry& registry, CLI::App*& command);
Action addSchema(CLI::App& app, const Registry& registry, CLI::App*& command);

} // namespace streamwright::cli
