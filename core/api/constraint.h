// SPDX-License-Identifier: GPL-3.0-or-later
// The constraints that a shape sets on one value of its type, and how the services word them. For the validator. Pure
// functions; any thread.
#pragma once

#include <string>

#include "core/api/shape.h"

namespace streamwright::api {

enum Broken : unsigned { kTooLong = 1, kTooShort = 2, kPattern = 4, kEnumeration = 8 };

// A set of Broken.
unsigned brokenBy(const Value& value, const Shape& shape);
// "Member must have length less than or equal to 128"
std::string demand(Broken which, const Shape& shape);
// All that a shape demands of a list's element or a map's key or value: "[..., ...]".
std::string demands(const Shape& shape);
// The value as a message shows it, cut where it is long.
std::string described(const Value& value, const Shape& shape);

} // namespace streamwright::api
