// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_facts.h"

#include "core/base/json.h"

namespace streamwright::sqs {

namespace {

Json objectOf(const std::map<std::string, std::string, std::less<>>& texts)
{
    Json object = Json::object();
    for (const auto& [name, text] : texts)
        object[name] = text;
    return object;
}

std::map<std::string, std::string, std::less<>> textsOf(const Json& facts, const char* member)
{
    std::map<std::string, std::string, std::less<>> texts;
    const auto found = facts.find(member);
    if (found == facts.end() || !found->is_object()) return texts;
    for (const auto& [name, text] : found->items())
        if (text.is_string()) texts[name] = text.get<std::string>();
    return texts;
}

Time timeOf(const Json& facts, const char* member)
{
    const auto found = facts.find(member);
    return Time(Duration(found != facts.end() && found->is_number_integer() ? found->get<Duration::rep>() : 0));
}

} // namespace

std::string encode(const QueueFacts& facts)
{
    return Json{{"created", facts.created.time_since_epoch().count()},
                {"modified", facts.modified.time_since_epoch().count()},
                {"attributes", objectOf(facts.attributes)},
                {"tags", objectOf(facts.tags)}}
        .dump();
}

QueueFacts decodeQueueFacts(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json || !json->is_object()) return {};
    return {timeOf(*json, "created"), timeOf(*json, "modified"), textsOf(*json, "attributes"), textsOf(*json, "tags")};
}

} // namespace streamwright::sqs
