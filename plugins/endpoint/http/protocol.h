// SPDX-License-Identifier: GPL-3.0-or-later
// Protocol: a version of HTTP spoken on one connection, as a transformation of bytes: what was received goes in, requests
// go to the handler, answers go to Connection::send. Owned by its Connection; on its worker's thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "plugins/endpoint/http/exchange.h"

namespace streamwright::endpoint {

// On a worker's thread; answers at once or keeps the exchange. Must not block or throw.
using HttpHandler = std::function<void(const std::shared_ptr<Exchange>&)>;

class Protocol {
public:
    virtual ~Protocol() = default;

    virtual void received(std::string_view bytes) = 0;
    // false: nothing more is read for now.
    virtual bool reads() const = 0;
    // The system has taken bytes that were unsent.
    virtual void sent() = 0;
    // Once a tick: ends what takes too long.
    virtual void sweep(std::uint32_t tick) = 0;
    // The connection has gone.
    virtual void closed() = 0;

    virtual void answer(Exchange& exchange, HttpAnswer answer) = 0;
    virtual void begin(Exchange& exchange, HttpAnswer head) = 0;
    virtual void write(Exchange& exchange, std::string bytes) = 0;
    virtual void end(Exchange& exchange) = 0;
};

} // namespace streamwright::endpoint
