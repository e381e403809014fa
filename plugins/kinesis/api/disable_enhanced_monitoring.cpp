// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/monitoring.h"

namespace streamwright::kinesis {

api::Outcome disableEnhancedMonitoring(api::Call& call, api::Writer& out)
{
    return changeMonitoring(call, out, [](std::set<std::string>& wanted, const std::set<std::string>& named) {
        for (const std::string& metric : named)
            wanted.erase(metric);
    });
}

} // namespace streamwright::kinesis
