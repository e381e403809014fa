// SPDX-License-Identifier: GPL-3.0-or-later
// Where AWS clients are to connect, as a person writes it. Any thread.
#pragma once

#include <string>

#include "core/api/endpoint.h"

namespace streamwright {

// "127.0.0.1:4566", "[::1]:4566", ":4566" or "4566"; what is not said stays. A problem names --endpoint.
Result<void> readEndpointPlace(const std::string& place, EndpointOptions& into);

} // namespace streamwright
