// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/guests.h"

namespace streamwright {

namespace {

const std::string kPrefix = "guest/";

} // namespace

Result<NodeSetup> makeGuest(const Registry& registry, const std::string& kind, const std::string& id,
                            const Json& written)
{
    const Registry::Entry* entry = registry.find(kind);
    if (!entry) return Problem{ProblemCode::NotFound, "there is no kind " + kind, id};
    NodeSetup setup;
    setup.id = id;
    setup.kind = kind;
    setup.written = written;
    auto problems = checkProperties(entry->kind.fields, written);
    if (problems.empty()) {
        setup.properties = completeProperties(entry->kind.fields, written);
        if (entry->check) problems = entry->check(setup);
    }
    if (!problems.empty()) return problems.front();
    return setup;
}

std::vector<NodeSetup> storedGuests(const LogStore& store, const Registry& registry, std::vector<Problem>& problems)
{
    std::vector<NodeSetup> guests;
    for (const auto& [key, text] : store.withPrefix(kPrefix)) {
        const std::string id = key.substr(kPrefix.size());
        const auto json = parseJson(text);
        auto guest = json && json->is_object() && json->contains("kind") && json->contains("properties")
                         ? makeGuest(registry, json->value("kind", ""), id, json->at("properties"))
                         : Result<NodeSetup>(Problem{ProblemCode::Corrupt, "what is stored of it cannot be read", id});
        if (guest)
            guests.push_back(std::move(*guest));
        else
            problems.push_back({guest.problem().code,
                                id + ", made by a client in an earlier run, is left out: " + guest.problem().message,
                                id});
    }
    return guests;
}

void storeGuest(LogStore& store, const NodeSetup& guest)
{
    store.put(kPrefix + guest.id, Json{{"kind", guest.kind}, {"properties", guest.written}}.dump());
}

Result<void> eraseGuest(LogStore& store, const std::string& id)
{
    store.erase(kPrefix + id);
    for (const auto& [key, value] : store.withPrefix("")) {
        const auto family = key.find('/');
        if (family == std::string::npos) continue;
        const std::string_view rest = std::string_view(key).substr(family + 1);
        if (rest == id || rest.starts_with(id + "/")) store.erase(key);
    }
    for (const std::string& name : store.logNames())
        if (name.starts_with(id + "/"))
            if (auto removed = store.removeLog(name); !removed) return removed;
    return {};
}

} // namespace streamwright
