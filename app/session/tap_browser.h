// SPDX-License-Identifier: GPL-3.0-or-later
// What passed an edge lately, to be browsed like a resource: parts are the edge's lanes, a view holds what a tap of the
// engine had at one moment. Shares the tap's batches and copies nothing until rows are read. Any thread.
#pragma once

#include <memory>
#include <string>

#include "core/engine/engine.h"
#include "core/runtime/browsable.h"

namespace streamwright {

// Records that a tap is to keep, at least.
inline constexpr std::size_t kTappedRecords = 20'000;

// Empty where the edge is not tapped.
std::shared_ptr<Browsable> browseTap(const Engine& engine, const std::string& edgeKey);

} // namespace streamwright
