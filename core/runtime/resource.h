// SPDX-License-Identifier: GPL-3.0-or-later
// Resource: what a node is to the clients of its service's API: a stream, a queue, a delivery stream. Given by an Operator
// and shared with it, so that a request under way outlasts the node; after the run it refuses what would change it.
// Every method may be called from any thread. Derived classes (one a service) add what the service's actions need.
#pragma once

#include <string>

namespace streamwright {

class Resource {
public:
    virtual ~Resource() = default;
    // As clients name it: the kind's name property, else the node's id.
    virtual const std::string& name() const = 0;
};

} // namespace streamwright
