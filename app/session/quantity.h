// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities as people read and write them, by a field's unit: "1,500", "90s" for 90 Seconds, "5 MiB" for 5242880 Bytes,
// "1.5k" for 1500 Count/Second, "50%" for 0.5. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/schema/field.h"

namespace streamwright {

// How a unit is written behind a number: "s", "MiB", "/s"; "" when nothing needs to be.
std::string unitSign(const std::string& unit);

// With separators between thousands: "1,048,576", "0.25".
std::string numberText(double value);

// The same quantity in a larger unit where that reads better: "1 MiB", "4 d", "50 %"; "" where it does not.
std::string inOtherUnit(const Field& field, double value);

// A number in the field's unit. Without a unit in the text that of the field is meant. Bounds are not checked here.
Result<Json> parseQuantity(const Field& field, std::string_view text);

} // namespace streamwright
