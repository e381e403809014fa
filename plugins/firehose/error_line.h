// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the error output for a record that could not be processed: one JSON document a line, the record in
// base64 (shared/spec/firehose.md, section 3). Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::firehose {

struct RecordFailure {
    std::string code; // "DynamicPartitioning.MetadataExtractionFailed" ...
    std::string message;
    std::uint64_t attempts = 1;
};

std::string errorLine(const RecordFailure& failure, std::string_view data, Time arrived, Time failed);

std::string base64(std::string_view bytes);

} // namespace streamwright::firehose
