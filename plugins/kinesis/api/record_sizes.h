// SPDX-License-Identifier: GPL-3.0-or-later
// The largest record that a stream takes, in the words of a broken constraint: the limit is the stream's, not the shape's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/api/error.h"
#include "plugins/kinesis/limits.h"

namespace streamwright::kinesis {

// member: where the data stands, "records.3.member.data".
inline std::optional<api::ApiError> checkDataSize(std::string_view data, ByteCount most, const std::string& member)
{
    if (data.size() <= most.value()) return std::nullopt;
    const std::string size = std::to_string(data.size());
    return api::validationError("1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=" + size +
                                " cap=" + size + "]' at '" + member +
                                "' failed to satisfy constraint: Member must have length less than or equal to " +
                                std::to_string(most.value()));
}

} // namespace streamwright::kinesis
