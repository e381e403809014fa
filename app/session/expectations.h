// SPDX-License-Identifier: GPL-3.0-or-later
// Expectations: what a pipeline file says must hold at the end of a run, and whether it does. Any thread.
#pragma once

#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace streamwright {

// Before the run: metrics that are to be counted from a time on only.
void watchExpectations(Engine& engine, const std::vector<Expectation>& expectations, Time runStart);

// After Engine::close: one sentence for each that does not hold.
std::vector<std::string> failedExpectations(Engine& engine, const std::vector<Expectation>& expectations,
                                            Time runStart);

} // namespace streamwright
