// SPDX-License-Identifier: GPL-3.0-or-later
// Registry: the node kinds that plugins bring. Filled once at start (registerBuiltins), read-only afterwards.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/endpoint.h"
#include "core/api/service.h"
#include "core/runtime/operator.h"
#include "core/schema/node_kind.h"

namespace streamwright {

// What only code can say about a node: called with complete properties that fit the kind's fields already. Places of the
// problems are JSON pointers below the properties ("/Prefix").
using NodeChecker = std::function<std::vector<Problem>(const NodeSetup&)>;

class Registry {
public:
    struct Entry {
        NodeKind kind;
        OperatorFactory make;
        NodeChecker check; // may be empty
    };

    // Adds the kind of that name from a plugin's descriptions (kindDescriptions(), generated from its kinds/*.json).
    // A missing or faulty description is our own mistake: it aborts.
    void addKind(std::span<const std::string_view> descriptions, std::string_view name, OperatorFactory make,
                 NodeChecker check = {});
    const Entry* find(std::string_view kind) const;
    const std::map<std::string, Entry, std::less<>>& kinds() const { return kinds_; }

    // What AWS clients can call.
    void addService(api::Service service);
    const std::vector<std::shared_ptr<const api::Service>>& services() const { return services_; }
    // The server for them; empty in a build without one.
    void setEndpoint(EndpointFactory factory) { endpoint_ = std::move(factory); }
    const EndpointFactory& endpoint() const { return endpoint_; }

private:
    std::map<std::string, Entry, std::less<>> kinds_;
    std::vector<std::shared_ptr<const api::Service>> services_;
    EndpointFactory endpoint_;
};

// Every plugin of the build (generated from the list in CMakeLists.txt).
void registerBuiltins(Registry& registry);

} // namespace streamwright
