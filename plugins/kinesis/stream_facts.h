// SPDX-License-Identifier: GPL-3.0-or-later
// StreamFacts: what the API knows of a stream beside its shards and settings: creation, tags, registered consumers,
// encryption, shard-level monitoring. A value; kept as one JSON text in the run's LogStore.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/units.h"

namespace streamwright::kinesis {

struct StreamFacts {
    struct Encryption {
        Time from{};
        std::string keyId; // "": not encrypted from then on
    };

    using Tags = std::map<std::string, std::string>;
    struct Consumer {
        Time registered{};
        Tags tags;
    };

    Time created{};
    Tags tags;
    std::map<std::string, Consumer> consumers; // by name
    std::vector<Encryption> encryption; // its changes, oldest first; as long as records of that time may be left
    std::vector<std::string> monitoring; // shard-level metrics switched on

    // The key of records that came at t; "" for none.
    std::string_view keyAt(Time t) const;
    std::string_view key() const { return encryption.empty() ? std::string_view() : encryption.back().keyId; }

    Json toJson() const;
    static Result<StreamFacts> fromJson(const Json& json);
};

} // namespace streamwright::kinesis
