// SPDX-License-Identifier: GPL-3.0-or-later
// What might mend one value among properties that break their fields' rules: candidates, which the caller tries. Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/schema/field.h"

namespace streamwright {

struct PropertyFix {
    std::string label; // "Set ShardCount to 10000"
    std::function<void(Json&)> change; // of the properties
};

// place: JSON pointer below the properties. required: the name of a member missing there; "" = the value there is wrong.
std::vector<PropertyFix> propertyFixes(const std::vector<Field>& fields, const Json& properties,
                                       const std::string& place, const std::string& required);

} // namespace streamwright
