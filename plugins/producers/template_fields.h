// SPDX-License-Identifier: GPL-3.0-or-later
// GeneratedField: one {{field}} of a record template, compiled. makeField knows all of them; their names and arguments
// are documented in README.md and in the help of Local::Producer. One owner, one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright::producers {

// What a record is before it has a body.
struct RecordFacts {
    std::uint64_t number = 0; // 1, 2, ...
    Time time{};
    std::string_view key;
    std::uint64_t keyNumber = 0;
};

class GeneratedField {
public:
    // Text: a JSON string where it stands alone. Plain: a number or a boolean there. Object: can only stand alone.
    enum class Form { Text, Plain, Object };

    virtual ~GeneratedField() = default;
    // Writes the value (of a Text what JSON has between the quotes) and returns the place behind it.
    virtual char* write(char* at, const RecordFacts& facts, Random& random) = 0;
    virtual std::size_t maximumSize() const = 0;
    virtual Form form() const = 0;
};

// text: what stands between the braces. maximumKeySize: bytes of the longest partition key.
Result<std::unique_ptr<GeneratedField>> makeField(std::string_view text, std::size_t maximumKeySize);

} // namespace streamwright::producers
