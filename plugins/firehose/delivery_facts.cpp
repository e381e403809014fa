// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_facts.h"

namespace streamwright::firehose {

namespace {

std::int64_t microseconds(Time t) { return t.time_since_epoch().count(); }
Time timeOf(const Json& microseconds) { return Time(Duration(microseconds.get<std::int64_t>())); }

Json jsonOf(const Encryption& encryption)
{
    Json changes = Json::array();
    for (const Time t : encryption.changes)
        changes.push_back(microseconds(t));
    return {{"enabled", encryption.enabled},
            {"keyType", encryption.keyType},
            {"keyArn", encryption.keyArn},
            {"changes", std::move(changes)}};
}

Encryption encryptionOf(const Json& json)
{
    Encryption encryption{json.at("enabled").get<bool>(),
                          json.at("keyType").get<std::string>(),
                          json.at("keyArn").get<std::string>(),
                          {}};
    for (const Json& change : json.at("changes"))
        encryption.changes.push_back(timeOf(change));
    return encryption;
}

} // namespace

std::string DeliveryFacts::text() const
{
    return Json{{"created", microseconds(created)},
                {"updated", microseconds(updated)},
                {"version", version},
                {"encryption", jsonOf(encryption)},
                {"tags", tags},
                {"destination", destination},
                {"source", source}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

DeliveryFacts DeliveryFacts::read(const std::string& text)
{
    DeliveryFacts facts;
    const Json json = Json::parse(text, nullptr, false);
    try {
        facts.created = timeOf(json.at("created"));
        facts.updated = timeOf(json.at("updated"));
        facts.version = json.at("version").get<int>();
        facts.encryption = encryptionOf(json.at("encryption"));
        facts.tags = json.at("tags").get<std::map<std::string, std::string>>();
        facts.destination = json.at("destination");
        facts.source = json.at("source");
    } catch (const Json::exception&) {
        return facts; // of another release: what was read so far
    }
    return facts;
}

} // namespace streamwright::firehose
