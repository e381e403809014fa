// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON Schema (draft 2020-12) of a pipeline file, for editors and other people's checks. Any thread.
#pragma once

#include "core/plugin/registry.h"

namespace streamwright {

Json pipelineSchema(const Registry& registry);

} // namespace streamwright
