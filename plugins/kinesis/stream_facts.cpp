// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream_facts.h"

#include <algorithm>

namespace streamwright::kinesis {

namespace {

std::int64_t microseconds(Time t) { return t.time_since_epoch().count(); }
Time timeOf(const Json& json) { return Time(Duration(json.get<std::int64_t>())); }

} // namespace

std::string_view StreamFacts::keyAt(Time t) const
{
    const auto after = std::find_if(encryption.rbegin(), encryption.rend(),
                                    [t](const Encryption& change) { return change.from <= t; });
    return after == encryption.rend() ? std::string_view() : after->keyId;
}

Json StreamFacts::toJson() const
{
    Json json = {{"created", microseconds(created)}, {"tags", tags}, {"monitoring", monitoring}};
    json["consumers"] = Json::object();
    for (const auto& [name, consumer] : consumers)
        json["consumers"][name] = {{"registered", microseconds(consumer.registered)}, {"tags", consumer.tags}};
    json["encryption"] = Json::array();
    for (const Encryption& change : encryption)
        json["encryption"].push_back({{"from", microseconds(change.from)}, {"key", change.keyId}});
    return json;
}

Result<StreamFacts> StreamFacts::fromJson(const Json& json)
{
    StreamFacts facts;
    try {
        facts.created = timeOf(json.at("created"));
        facts.tags = json.at("tags").get<Tags>();
        facts.monitoring = json.at("monitoring").get<std::vector<std::string>>();
        for (const auto& [name, consumer] : json.at("consumers").items())
            facts.consumers[name] = {timeOf(consumer.at("registered")), consumer.at("tags").get<Tags>()};
        for (const Json& change : json.at("encryption"))
            facts.encryption.push_back({timeOf(change.at("from")), change.at("key").get<std::string>()});
    } catch (const Json::exception& error) {
        return Problem{ProblemCode::Corrupt, std::string("what is stored of a stream cannot be read: ") + error.what(),
                       ""};
    }
    return facts;
}

} // namespace streamwright::kinesis
