// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint plugin brings.
#include "core/plugin/registry.h"
#include "plugins/endpoint/engine_endpoint.h"

namespace streamwright::endpoint {

void registerPlugin(Registry& registry) { registry.setEndpoint(openEngineEndpoint); }

} // namespace streamwright::endpoint
