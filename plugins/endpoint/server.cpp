// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/server.h"

#include "plugins/endpoint/tls.h"

namespace streamwright::endpoint {
namespace {

constexpr std::size_t kMostManaging = 1024; // requests that wait for the control thread

bool isLoopback(std::string_view address)
{
    return address == "localhost" || address == "::1" || address.substr(0, 4) == "127.";
}

Result<void> check(const EndpointOptions& options)
{
    if (options.account.size() != 12 || options.account.find_first_not_of("0123456789") != std::string::npos)
        return Problem{ProblemCode::InvalidInput, "An account has 12 digits", options.account};
    if (!options.auth && !isLoopback(options.address))
        return Problem{
            ProblemCode::InvalidInput,
            "Anyone who reaches this address could read and change everything: require signatures with --auth, "
            "or listen on 127.0.0.1",
            options.address};
    if (options.auth && options.keys.empty())
        return Problem{ProblemCode::InvalidInput,
                       "Signatures are required, but there is no key to sign with: give an access key and its secret",
                       ""};
    return {};
}

} // namespace

Server::Server(api::Host& host, Routes::Services services, const EndpointOptions& options)
    : options_(options),
      control_(kMostManaging),
      commits_(host.store().durable() ? std::make_unique<GroupCommit>(host.store()) : nullptr),
      dispatch_(CallContext{host, log_, control_, commits_.get()}, std::move(services), options)
{
}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(api::Host& host, Routes::Services services, EndpointOptions options,
                                             HttpLimits limits, unsigned threads)
{
    if (auto checked = check(options); !checked) return checked.problem();
    auto tls = TlsContext::make(options.certificateFile, options.keyFile);
    if (!tls) return tls.problem();
    for (const auto& each : services)
        if (each->begin) each->begin(host);
    std::unique_ptr<Server> server(new Server(host, std::move(services), options));
    HttpService service;
    service.handler = [dispatch = &server->dispatch_](const std::shared_ptr<Exchange>& exchange) {
        dispatch->handle(exchange);
    };
    service.limits = limits;
    service.tls = *tls;
    auto http = HttpServer::listen({options.address, options.port, threads}, std::move(service));
    if (!http) return http.problem();
    server->http_ = *std::move(http);
    return server;
}

std::string Server::url() const
{
    const bool v6 = options_.address.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + options_.address + "]" : options_.address) + ":" + std::to_string(port());
}

} // namespace streamwright::endpoint
