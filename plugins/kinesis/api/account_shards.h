// SPDX-License-Identifier: GPL-3.0-or-later
// The shards of an account and how many it may have. Any thread.
#pragma once

#include "core/api/service.h"

namespace streamwright::kinesis {

struct AccountShards {
    std::size_t open = 0;
    std::size_t onDemandStreams = 0;
    std::size_t creatingStreams = 0;
};
AccountShards accountShards(api::Call& call);

// 20,000 in three large regions, 1,000 elsewhere.
std::size_t shardLimit(std::string_view region);
// Whether so many more may be made.
std::optional<api::ApiError> checkShardLimit(api::Call& call, std::size_t more);

} // namespace streamwright::kinesis
