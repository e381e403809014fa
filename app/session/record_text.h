// SPDX-License-Identifier: GPL-3.0-or-later
// A record's bytes as people read them: which form fits, one line of preview, a hex dump, a line of JSONL or CSV.
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/runtime/browsable.h"

namespace streamwright {

enum class RecordForm { Json, Text, Bytes };

// What the bytes are. Text is UTF-8 without control characters; JSON is an object or a list, whole,
// that nests no deeper than kMostJsonNesting: deeper ones are text.
RecordForm formOf(std::string_view data);

// One line of at most so many characters: blanks for line breaks and a dot for each byte that is not text.
std::string previewOf(std::string_view data, std::size_t most);
// "00000000  7b 22 70 61 ...  |{"pa...|", sixteen bytes a line.
std::string hexDump(std::string_view data);

// One line, with its end. Data that is JSON stands as JSON, text as a string, other bytes as "dataBase64".
std::string jsonLine(const BrowseRow& record);
// RFC 4180; the columns of csvHead. Bytes that are no text stand in Base64.
std::string csvLine(const BrowseRow& record);
std::string_view csvHead();

} // namespace streamwright
