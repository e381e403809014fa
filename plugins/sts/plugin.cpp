// SPDX-License-Identifier: GPL-3.0-or-later
// What the sts plugin brings.
#include "core/plugin/registry.h"
#include "plugins/sts/api/actions.h"

namespace streamwright::sts {

void registerPlugin(Registry& registry) { registry.addService(service()); }

} // namespace streamwright::sts
