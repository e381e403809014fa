// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of properties by JSON pointer, as a form makes them: what a kind says is kept (shorthands stay where nothing inside
// changes, properties without a meaning go along with what gave them one, defaults are not written). Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/field.h"

namespace streamwright {

// The properties with the value at the pointer ("/Pattern/Type", "/Faults/0/Share", "/Faults/-" = behind the last), or
// without it. Objects on the way are made; those that become empty go where that means the same. Siblings that have no
// meaning any more ("when") go, too.
Json withProperty(const std::vector<Field>& fields, const Json& properties, std::string_view pointer,
                  const std::optional<Json>& value);

// Null where no field describes the place.
const Field* fieldAt(const std::vector<Field>& fields, std::string_view pointer);

// Whether the field has a meaning ("when") among its siblings as written.
bool hasMeaning(const Field& field, const std::vector<Field>& siblings, const Json& object);

// What is wrong with a value by its field alone; places below it ("" = itself).
std::vector<Problem> checkValue(const Field& field, const Json& value);

// The least that a new item of a list or map can be: required members, each with the first value allowed.
Json newValue(const Field& field);

// An object's value with its shorthand written out.
Json writtenOut(const Field& field, const Json& value);

// "/a~1b/0" -> {"a/b", "0"}
std::vector<std::string> pointerTokens(std::string_view pointer);

} // namespace streamwright
