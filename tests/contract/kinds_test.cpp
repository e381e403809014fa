// SPDX-License-Identifier: GPL-3.0-or-later
// Walks the registry: whatever kind is registered keeps these promises, with nobody remembering to test it.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/session/pipeline_schema.h"
#include "core/engine/engine.h"

namespace streamwright {
namespace {

const Registry& registry()
{
    static const Registry made = [] {
        Registry registry;
        registerBuiltins(registry);
        return registry;
    }();
    return made;
}

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

void expectDescribed(const std::vector<Field>& fields, const std::string& where)
{
    for (const Field& field : fields) {
        const std::string at = where + "." + field.name;
        EXPECT_FALSE(field.help.empty()) << at << " has no help";
        const bool number = field.type == Field::Type::Integer || field.type == Field::Type::Number;
        EXPECT_TRUE(!number || field.minimum || !field.allowed.empty()) << at << " has no lower bound";
        if (field.defaultValue) {
            Json value = Json::object();
            value[field.name] = *field.defaultValue;
            std::vector<Field> alone{field};
            alone[0].when.clear();
            for (const Problem& problem : checkProperties(alone, value))
                ADD_FAILURE() << at << ": its default breaks its own rule: " << problem.text();
        }
        expectDescribed(field.fields, at);
        if (!field.items.empty()) expectDescribed(field.items.front().fields, at + "[]");
    }
}

TEST(Contract, EveryKindIsDescribed)
{
    ASSERT_FALSE(registry().kinds().empty());
    for (const auto& [name, entry] : registry().kinds()) {
        const NodeKind& kind = entry.kind;
        EXPECT_FALSE(kind.title.empty() || kind.family.empty() || kind.help.empty() || kind.icon.empty()) << name;
        EXPECT_FALSE(kind.ports.empty()) << name;
        EXPECT_FALSE(kind.metrics.empty()) << name;
        expectDescribed(kind.fields, name);
        for (const Port& port : kind.ports) {
            EXPECT_FALSE(port.help.empty()) << name << "." << port.name;
            expectDescribed(port.fields, name + "." + port.name);
        }
        std::set<std::string> metrics;
        for (const MetricKind& metric : kind.metrics) {
            EXPECT_TRUE(metrics.insert(metric.name).second) << name << "." << metric.name << " stands twice";
            EXPECT_FALSE(metric.unit.empty()) << name << "." << metric.name;
            EXPECT_TRUE(metric.part.empty() || metric.part == "shard" || metric.part == "consumer")
                << name << "." << metric.name;
        }
    }
}

// A JSON pointer into the properties names a field that there is.
bool leadsToAField(const std::vector<Field>& fields, const std::string& pointer)
{
    const auto slash = pointer.find('/', 1);
    const std::string name = pointer.substr(1, slash == pointer.npos ? pointer.npos : slash - 1);
    for (const Field& field : fields)
        if (field.name == name) return slash == pointer.npos || leadsToAField(field.fields, pointer.substr(slash));
    return false;
}

TEST(Contract, MetricsSayWhatTheWindowNeeds)
{
    for (const auto& [name, entry] : registry().kinds()) {
        const NodeKind& kind = entry.kind;
        ASSERT_TRUE(kind.mainRate()) << name;
        EXPECT_FALSE(kind.mainRate()->things.empty()) << name;
        EXPECT_TRUE(std::any_of(kind.metrics.begin(), kind.metrics.end(), [](const auto& m) { return m.charted; }))
            << name;
        for (const MetricKind& metric : kind.metrics) {
            const std::string where = name + "." + metric.name;
            EXPECT_TRUE(!metric.charted || metric.title != metric.name || metric.name.find('.') == std::string::npos)
                << where << " is charted without a title";
            const bool alarm = metric.role == MetricRole::Throttled || metric.role == MetricRole::Failed;
            EXPECT_TRUE(!alarm || !metric.advice.empty()) << where << " says not what would help";
            if (!metric.limit) continue;
            const MetricLimit& limit = *metric.limit;
            EXPECT_TRUE(limit.value > 0 || !limit.metric.empty()) << where;
            EXPECT_TRUE(limit.metric.empty() || kind.metric(limit.metric)) << where;
            EXPECT_TRUE(limit.property.empty() || leadsToAField(kind.fields, limit.property)) << where;
        }
    }
}

TEST(Contract, ARoleThatThereIsNotIsRefused)
{
    const auto kind =
        readNodeKind(R"({"kind": "K", "title": "", "family": "", "icon": "", "help": "", "ports": [], "fields": [],
                                       "metrics": [{"name": "M", "unit": "Count", "role": "inn"}]})");
    ASSERT_FALSE(kind);
    EXPECT_EQ(kind.problem().place, "/metrics/0/role");
}

TEST(Contract, EveryPortCanBeJoinedToSomething)
{
    std::set<std::string> carried, accepted;
    for (const auto& [name, entry] : registry().kinds())
        for (const Port& port : entry.kind.ports) {
            if (port.direction == Port::Direction::Out) carried.insert(port.carries);
            accepted.insert(port.accepts.begin(), port.accepts.end());
        }
    EXPECT_EQ(carried, accepted);
}

TEST(Contract, EveryPluginHasAReadmeThatNamesItsKinds)
{
    std::string all;
    for (const auto& folder : std::filesystem::directory_iterator("plugins"))
        if (folder.is_directory()) {
            EXPECT_TRUE(std::filesystem::exists(folder.path() / "README.md")) << folder.path();
            all += fileText(folder.path() / "README.md");
        }
    for (const auto& [name, entry] : registry().kinds())
        EXPECT_NE(all.find(name), std::string::npos) << "no README of a plugin speaks of " << name;
}

TEST(Contract, TheSchemaKnowsEveryKind)
{
    const Json schema = pipelineSchema(registry());
    const Json& kinds = schema["properties"]["nodes"]["items"]["properties"]["kind"]["enum"];
    EXPECT_EQ(kinds.size(), registry().kinds().size());
}

// Every kind that can stand alone opens, takes its own properties as an edit, idles for a day without a tick a second,
// and closes.
TEST(Contract, EveryKindRunsWithItsDefaults)
{
    for (const auto& [name, entry] : registry().kinds()) {
        const NodeKind& kind = entry.kind;
        const bool standsAlone =
            std::none_of(kind.ports.begin(), kind.ports.end(), [](const Port& port) { return port.required; }) &&
            std::none_of(kind.fields.begin(), kind.fields.end(), [](const Field& field) { return field.required; });
        if (!standsAlone) continue;
        Pipeline pipeline;
        pipeline.nodes.push_back({.id = "it", .kind = name});
        auto check = checkPipeline(pipeline, registry(), "");
        ASSERT_TRUE(check.problems.empty()) << name << ": " << check.problems[0].text();
        auto engine = Engine::open(std::move(check.plan), registry(), {});
        ASSERT_TRUE(engine) << name << ": " << engine.problem().text();
        EXPECT_TRUE((*engine)->runFor(std::chrono::minutes(1))) << name;
        EXPECT_TRUE((*engine)->edit("it", Json::object()).empty()) << name;
        EXPECT_TRUE((*engine)->runFor(std::chrono::minutes(1))) << name;
        for (const Event& event : (*engine)->events().after(0))
            EXPECT_NE(event.severity, Severity::Error) << name << ": " << event.message;
        EXPECT_TRUE((*engine)->close()) << name;
    }
}

} // namespace
} // namespace streamwright
