// SPDX-License-Identifier: GPL-3.0-or-later
// Attributes of a record: a few name-value pairs beside key and data (an explicit hash key, a deduplication id, a receive
// count ...), kept as one flat text so that batches, logs and channels carry them as opaque bytes. Values; any thread.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamwright {

using AttributeList = std::vector<std::pair<std::string_view, std::string_view>>;

// Layout: repeated (u16 name size, u32 value size, name, value), little-endian.
std::string encodeAttributes(const AttributeList& attributes);
// The value of the first attribute of that name.
std::optional<std::string_view> findAttribute(std::string_view encoded, std::string_view name);
// All of them, in order; nothing of a torn tail.
AttributeList decodeAttributes(std::string_view encoded);

} // namespace streamwright
