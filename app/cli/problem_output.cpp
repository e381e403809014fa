// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/problem_output.h"

#include <cstdio>

#include "app/cli/verbs.h"

namespace streamwright::cli {

void printProblem(const Problem& problem) { std::fprintf(stderr, "%s\n", problem.text().c_str()); }

void printProblems(const std::vector<Problem>& problems)
{
    for (const Problem& problem : problems)
        printProblem(problem);
}

bool printErrors(const EventLog& events)
{
    const std::vector<Event> errors = events.errors();
    for (const Event& event : errors)
        std::fprintf(stderr, "%s%s%s\n", event.node.c_str(), event.node.empty() ? "" : ": ", event.message.c_str());
    return !errors.empty();
}

int exitCodeOf(const Problem& problem) { return problem.code == ProblemCode::Internal ? kInternal : kBadInput; }

} // namespace streamwright::cli
