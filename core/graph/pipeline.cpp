// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/pipeline.h"

#include <algorithm>

namespace streamwright {

const Node* Pipeline::node(const std::string& id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

} // namespace streamwright
