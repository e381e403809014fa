// SPDX-License-Identifier: GPL-3.0-or-later
// The sequence number as clients see it: a decimal number of 186 bits that encodes the shard and the arrival time
// (spec: "Sequence number layout"). Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::kinesis {

struct SequenceNumber {
    Time shardCreated{};
    std::uint32_t shardIndex = 0;
    std::uint64_t counter = 0; // the position in the shard's log
    Time arrival{};

    static constexpr std::size_t kDigits = 56;
    std::string text() const;
    void write(char* digits) const; // kDigits of them, no end
};

// Nothing when the text is not such a number.
std::optional<SequenceNumber> parseSequenceNumber(std::string_view text);

} // namespace streamwright::kinesis
