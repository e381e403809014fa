// SPDX-License-Identifier: GPL-3.0-or-later
// For "did you mean ...?": the known name nearest to a misspelt one. Any thread.
#pragma once

#include <string>
#include <vector>

namespace streamwright {

// By edit distance, case ignored; "" when nothing is near (more than a third of the letters differ).
std::string nearestName(const std::string& name, const std::vector<std::string>& known);

} // namespace streamwright
