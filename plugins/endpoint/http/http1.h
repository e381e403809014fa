// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1.0 and 1.1 of one connection: requests one after the other, pipelined ones answered in order, chunked both ways.
#pragma once

#include <memory>

#include "plugins/endpoint/http/protocol.h"

namespace streamwright::endpoint {

class Connection;

std::unique_ptr<Protocol> makeHttp1(Connection& connection);

} // namespace streamwright::endpoint
