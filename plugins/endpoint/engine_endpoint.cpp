// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/engine_endpoint.h"

#include "core/plugin/registry.h"
#include "plugins/endpoint/engine_host.h"
#include "plugins/endpoint/server.h"

namespace streamwright::endpoint {
namespace {

class EngineEndpoint final : public Endpoint {
public:
    EngineEndpoint(std::unique_ptr<EngineHost> host, std::unique_ptr<Server> server)
        : host_(std::move(host)),
          server_(std::move(server))
    {
    }
    std::uint16_t port() const override { return server_->port(); }
    std::string url() const override { return server_->url(); }
    std::vector<RequestLogEntry> requests(std::uint64_t after) const override { return server_->requests(after); }

private:
    const std::unique_ptr<EngineHost> host_;
    const std::unique_ptr<Server> server_; // ends first
};

} // namespace

Result<std::unique_ptr<Endpoint>> openEngineEndpoint(Engine& engine, const Registry& registry,
                                                     const EndpointOptions& options)
{
    auto host = std::make_unique<EngineHost>(engine, options.account, options.region);
    auto server = Server::open(*host, registry.services(), options);
    if (!server) return server.problem();
    return std::unique_ptr<Endpoint>(std::make_unique<EngineEndpoint>(std::move(host), *std::move(server)));
}

} // namespace streamwright::endpoint
