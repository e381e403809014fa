// SPDX-License-Identifier: GPL-3.0-or-later
// Scratch: where a decoder gathers the elements of lists and maps whose number it does not know yet; nested ones lie above
// those around them. One thread.
#pragma once

#include <algorithm>
#include <vector>

#include "core/api/value.h"

namespace streamwright::api {

struct Scratch {
    explicit Scratch(Document& document) : document_(document) { }

    std::vector<Value> values;
    std::vector<Member> members;

    // Takes away what was gathered from there on and puts it into the document.
    Value listFrom(std::size_t begin)
    {
        const std::span<Value> kept = document_.values(values.size() - begin);
        std::copy(values.begin() + static_cast<std::ptrdiff_t>(begin), values.end(), kept.begin());
        values.resize(begin);
        return Value::list(kept);
    }
    Value mapFrom(std::size_t begin)
    {
        const std::span<Member> kept = document_.members(members.size() - begin);
        std::copy(members.begin() + static_cast<std::ptrdiff_t>(begin), members.end(), kept.begin());
        members.resize(begin);
        return Value::map(kept);
    }

private:
    Document& document_;
};

} // namespace streamwright::api
