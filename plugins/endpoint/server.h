// SPDX-License-Identifier: GPL-3.0-or-later
// Server: the Endpoint over any Host: the port, its threads, and the services behind it. The host must outlive it. Any
// thread.
#pragma once

#include <memory>

#include "core/api/endpoint.h"
#include "plugins/endpoint/dispatch.h"
#include "plugins/endpoint/http/http_server.h"

namespace streamwright::endpoint {

class Server final : public Endpoint {
public:
    // limits and threads: other than the usual ones, for tests and benchmarks.
    static Result<std::unique_ptr<Server>> open(api::Host& host, Routes::Services services, EndpointOptions options,
                                                HttpLimits limits = {}, unsigned threads = 0);
    ~Server() override;

    std::uint16_t port() const override { return http_->port(); }
    std::string url() const override;
    std::vector<RequestLogEntry> requests(std::uint64_t after) const override { return log_.after(after); }

private:
    Server(api::Host& host, Routes::Services services, const EndpointOptions& options);

    const EndpointOptions options_;
    RequestLog log_;
    TaskThread control_;
    std::unique_ptr<GroupCommit> commits_; // of a durable store
    const Dispatch dispatch_;
    std::unique_ptr<HttpServer> http_; // last: its threads use the rest
};

} // namespace streamwright::endpoint
