// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint plugin brings.
#include "core/plugin/registry.h"

namespace streamwright::endpoint {

void registerPlugin(Registry&) { }

} // namespace streamwright::endpoint
