// SPDX-License-Identifier: GPL-3.0-or-later
// Recovery of one log from its files: cuts a torn tail, finds its way around damage, removes what is trimmed, and says
// what it found. Called at open, before anyone else knows the log.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/log/file_log.h"

namespace streamwright {

// The files of each log in the folder, by first sequence number.
using LogFiles = std::map<std::string, std::map<std::uint64_t, std::string>>;
Result<LogFiles> listLogFiles(const std::string& folder);

// A problem only where the system or the format's version refuses; everything else becomes a finding.
Result<RecoveredLog> recoverLog(const std::string& name, const std::map<std::uint64_t, std::string>& paths,
                                LogMark mark, const std::shared_ptr<BufferPool>& pool, std::vector<Problem>& findings);

} // namespace streamwright
