// SPDX-License-Identifier: GPL-3.0-or-later
// What the cloudwatch plugin brings.
#include "core/plugin/registry.h"
#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

void registerPlugin(Registry& registry) { registry.addService(service()); }

} // namespace streamwright::cloudwatch
