// SPDX-License-Identifier: GPL-3.0-or-later
// What DescribeStream and DescribeStreamSummary have in common. Any thread.
#pragma once

#include "core/api/service.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

// Members of the structure begun by the caller.
void writeDescription(api::Writer& out, const api::Call& call, StreamResource& stream);

} // namespace streamwright::kinesis
