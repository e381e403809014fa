// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/2 of one connection, by nghttp2: many requests at once, answers as the client's windows allow.
#pragma once

#include <memory>

#include "plugins/endpoint/http/protocol.h"

namespace streamwright::endpoint {

class Connection;

std::unique_ptr<Protocol> makeHttp2(Connection& connection);

} // namespace streamwright::endpoint
