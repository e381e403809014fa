// SPDX-License-Identifier: GPL-3.0-or-later
// Signature Version 4 as the server checks it: the canonical form of a request, its signature, and the errors of the
// services' own check. Pure functions; any thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "core/api/error.h"
#include "plugins/endpoint/signer.h"

namespace streamwright::endpoint {

using WallTime = std::chrono::sys_seconds;
using Keys = std::map<std::string, std::string>; // access key id -> secret

// Nothing when the request was signed for the service with one of the keys, not more than 15 minutes from now (or, when
// presigned, not longer ago than it says).
std::optional<api::ApiError> checkSignature(const HttpRequest& request, const Signer& signer, const Keys& keys,
                                            std::string_view service, WallTime now);

// "" when a signed header is absent.
std::string canonicalRequest(const HttpRequest& request, const Signer& signer);
// In hex. time: "20261123T151058Z".
std::string signatureOf(const std::string& canonicalRequest, const Signer& signer, std::string_view time,
                        const std::string& secret);

api::ApiError missingToken();

} // namespace streamwright::endpoint
