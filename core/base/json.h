// SPDX-License-Identifier: GPL-3.0-or-later
// The only door to the JSON library: values with keys in file order, parsing with the line of an error, and the line
// of any JSON pointer of a text (so that a message about meaning can name its place too). Values; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace streamwright {

using Json = nlohmann::ordered_json;

// Problem's place: "line L, column C". Refuses duplicate keys and nesting deeper than 200.
Result<Json> parseJson(std::string_view text);

// The 1-based line where the value at pointer ("/nodes/3/id") begins in a well-formed text; the line of the nearest
// existing parent when it is absent.
int lineOfPointer(std::string_view text, std::string_view pointer);

// One reference token of a JSON pointer, escaped ("a/b" -> "a~1b").
std::string pointerToken(std::string_view key);

} // namespace streamwright
