// SPDX-License-Identifier: GPL-3.0-or-later
// What became of a request of an AWS client, and how to make the first one. Pure functions; any thread.
#pragma once

#include <string>

#include "core/api/endpoint.h"

namespace streamwright {

enum class RequestFate {
    Done,
    Limited, // a limit of the service was met: the client may try again
    Refused, // the client's fault
    Failed, // ours
};
RequestFate fateOf(const RequestLogEntry& entry);

std::string durationInWords(std::chrono::microseconds duration); // "0.42 ms", "850 ms", "20.1 s"

// A line for a shell that needs nothing set up before.
std::string firstCommand(const std::string& url, const EndpointOptions& options);

} // namespace streamwright
