// SPDX-License-Identifier: GPL-3.0-or-later
// Problems on standard error, one a line. Main thread.
#pragma once

#include <vector>

#include "core/base/result.h"

namespace streamwright::cli {

void printProblem(const Problem& problem);
// All of them, each on its line.
void printProblems(const std::vector<Problem>& problems);

// The exit code that tells of such a problem.
int exitCodeOf(const Problem& problem);

} // namespace streamwright::cli
