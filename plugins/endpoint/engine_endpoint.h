// SPDX-License-Identifier: GPL-3.0-or-later
// The Endpoint of a running engine: a Server with its EngineHost. Any thread.
#pragma once

#include "core/api/endpoint.h"

namespace streamwright::endpoint {

Result<std::unique_ptr<Endpoint>> openEngineEndpoint(Engine& engine, const Registry& registry,
                                                     const EndpointOptions& options);

} // namespace streamwright::endpoint
