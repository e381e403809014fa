// SPDX-License-Identifier: GPL-3.0-or-later
// Until the durable store lands.
#include "core/log/log_store.h"
namespace streamwright {
Result<std::unique_ptr<LogStore>> LogStore::open(const std::string& directory)
{
    return Problem{ProblemCode::Internal, "the durable store is not merged yet", directory};
}
} // namespace streamwright
