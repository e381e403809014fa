// SPDX-License-Identifier: GPL-3.0-or-later
// DeliveryFacts: what clients have said about a delivery stream beyond its properties: description, version, tags,
// encryption. Kept as one small fact of the run's store, so that it survives a restart. A value; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/units.h"

namespace streamwright::firehose {

struct Encryption {
    bool enabled = false;
    std::string keyType; // AWS_OWNED_CMK or CUSTOMER_MANAGED_CMK; "" = never switched on
    std::string keyArn; // of the latter
    std::vector<Time> changes; // starts and stops of the last 24 hours
};

struct DeliveryFacts {
    Time created{};
    Time updated = kNever; // kNever: not since
    int version = 1;
    Encryption encryption;
    std::map<std::string, std::string> tags;
    Json destination = Json::object(); // an ExtendedS3DestinationConfiguration as a client gave it; empty when drawn
    Json source = Json::object(); // a KinesisStreamSourceConfiguration

    std::string text() const;
    // Of a text that a run wrote; what cannot be read is left out.
    static DeliveryFacts read(const std::string& text);
};

} // namespace streamwright::firehose
