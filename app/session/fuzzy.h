// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzy matching for everything that is searched by typing: palette, quick-add, command palette, find. Any thread.
#pragma once

#include <string_view>

namespace streamwright {

// How well the letters of query, in order, are found in text; 0 = not at all, higher is better: whole words, beginnings of
// words (also "DataStream") and letters next to each other count more, longer texts less. Case is ignored; an empty query
// matches everything equally.
double fuzzyScore(std::string_view query, std::string_view text);

} // namespace streamwright
