// SPDX-License-Identifier: GPL-3.0-or-later
// Dispatch: from an HTTP request to the action it calls: told apart by X-Amz-Target, else by the path of Smithy's RPC v2, else
// by the form's Action, else by the path; who calls, how the client speaks, and whether it may. Immutable; any thread.
#pragma once

#include <memory>

#include "core/api/endpoint.h"
#include "plugins/endpoint/api_call.h"
#include "plugins/endpoint/routes.h"
#include "plugins/endpoint/signer.h"

namespace streamwright::endpoint {

class Dispatch {
public:
    Dispatch(CallContext context, Routes::Services services, const EndpointOptions& options);

    void handle(const std::shared_ptr<Exchange>& exchange) const;

private:
    struct Meant {
        const Route* route = nullptr; // null: no such action
        Manner manner;
        bool anything = true; // false: the request names no action at all
    };
    Meant byTarget(const HttpRequest& request, std::string_view target) const;
    Meant byRpcPath(const HttpRequest& request) const;
    Meant byForm(HttpRequest& request) const;
    bool page(const std::shared_ptr<Exchange>& exchange) const;
    void call(const std::shared_ptr<Exchange>& exchange, Meant& meant) const;
    std::optional<api::ApiError> mayCall(const HttpRequest& request, const Signer& signer, const Meant& meant) const;
    api::Caller callerOf(const HttpRequest& request, const Signer& signer) const;
    void refuse(const std::shared_ptr<Exchange>& exchange, const Meant& meant, api::ApiError error) const;

    const CallContext context_;
    const Routes routes_;
    const EndpointOptions options_;
};

} // namespace streamwright::endpoint
