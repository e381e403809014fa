// SPDX-License-Identifier: GPL-3.0-or-later
// Problems on standard error, one a line. Main thread.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/engine/event_log.h"

namespace streamwright::cli {

void printProblem(const Problem& problem);
// All of them, each on its line.
void printProblems(const std::vector<Problem>& problems);

// The errors that a run met and went on after; false when there were none.
bool printErrors(const EventLog& events);

// The exit code that tells of such a problem.
int exitCodeOf(const Problem& problem);

} // namespace streamwright::cli
