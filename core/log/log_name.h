// SPDX-License-Identifier: GPL-3.0-or-later
// The names of logs: "NODE/SHARD", segments of [A-Za-z0-9_.-]. Pure functions; any thread.
#pragma once

#include <string>

#include "core/base/result.h"

namespace streamwright {

// Says what is wrong with a name that breaks the rule or is too long for a file name.
Result<void> checkLogName(const std::string& name);

} // namespace streamwright
