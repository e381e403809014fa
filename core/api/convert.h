// SPDX-License-Identifier: GPL-3.0-or-later
// Giving a scalar of a request its shape's type, in place: base64 and numbers become blobs and times, texts of a query form
// become numbers. For the validator. One thread at a time a document.
#pragma once

#include <string>
#include <string_view>

#include "core/api/shape.h"

namespace streamwright::api {

// "" when the value has the shape's type now, else what a SerializationException says of it.
std::string convertScalar(Value& value, const Shape& shape, Wire wire);

// What it says of a value where a list, a map or a structure belongs, or the other way round.
std::string misplaced(const Value& value, Shape::Type expected);

// A text for a message: cut where it is long.
std::string shown(std::string_view text);

} // namespace streamwright::api
