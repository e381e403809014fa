// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/destination.h"

namespace streamwright::firehose {

namespace {

constexpr const char* kExactlyOne = "Exactly one destination configuration is supported for a Firehose";

Problem invalid(std::string message) { return {ProblemCode::InvalidInput, std::move(message), ""}; }

bool isEnabled(const Json& destination, const char* member, bool usual)
{
    return destination.contains(member) && destination[member].value("Enabled", usual);
}

Result<void> checkHints(const Json& configuration)
{
    if (!configuration.contains("BufferingHints")) return {};
    const Json& hints = configuration["BufferingHints"];
    if (hints.contains("SizeInMBs") == hints.contains("IntervalInSeconds")) return {};
    return invalid("BufferingHints must have both SizeInMBs and IntervalInSeconds, or neither.");
}

Result<void> checkProcessors(const Json& destination)
{
    if (!destination.contains("ProcessingConfiguration")) return {};
    for (const Json& processor : destination["ProcessingConfiguration"].value("Processors", Json::array())) {
        const auto type = processor.value("Type", "");
        if (type != "MetadataExtraction" && type != "AppendDelimiterToRecord")
            return invalid("The processor " + type +
                           " is not emulated here: MetadataExtraction and AppendDelimiterToRecord are.");
    }
    return {};
}

// Those members that the node knows.
Json only(const Json& from, std::initializer_list<const char*> names)
{
    Json some = Json::object();
    for (const char* name : names)
        if (from.contains(name)) some[name] = from[name];
    return some;
}

} // namespace

Json jsonOf(const api::Value& value)
{
    using Type = api::Value::Type;
    switch (value.type()) {
    case Type::Boolean:
        return value.boolean();
    case Type::Integer:
        return value.integer();
    case Type::Real:
        return value.real();
    case Type::Text:
    case Type::Blob:
        return std::string(value.string());
    case Type::Time:
        return epochMilliseconds(value.time());
    case Type::List: {
        Json list = Json::array();
        for (const api::Value& item : value.items())
            list.push_back(jsonOf(item));
        return list;
    }
    case Type::Map: {
        Json object = Json::object();
        for (const api::Member& member : value.members())
            if (!member.value.is(Type::Null)) object[std::string(member.name)] = jsonOf(member.value);
        return object;
    }
    case Type::Null:
        break;
    }
    return nullptr;
}

void write(api::Writer& answer, const Json& json)
{
    if (json.is_object()) {
        answer.beginMap();
        for (const auto& [name, value] : json.items()) {
            answer.key(name);
            write(answer, value);
        }
        answer.endMap();
    } else if (json.is_array()) {
        answer.beginList();
        for (const Json& item : json)
            write(answer, item);
        answer.endList();
    } else if (json.is_boolean()) {
        answer.boolean(json.get<bool>());
    } else if (json.is_number_integer()) {
        answer.integer(json.get<std::int64_t>());
    } else if (json.is_number()) {
        answer.real(json.get<double>());
    } else {
        answer.string(json.get<std::string>());
    }
}

Result<Json> destinationIn(const api::Value& request, std::string_view suffix)
{
    const std::string ending = "Destination" + std::string(suffix);
    const api::Member* found = nullptr;
    for (const api::Member& member : request.members()) {
        if (!member.name.ends_with(ending) || member.value.is(api::Value::Type::Null)) continue;
        if (found) return invalid(kExactlyOne);
        found = &member;
    }
    if (!found) return invalid(kExactlyOne);
    if (found->name != "S3" + ending && found->name != "ExtendedS3" + ending)
        return invalid(std::string(found->name) +
                       " is not emulated here: deliver to S3 with ExtendedS3DestinationConfiguration.");
    return jsonOf(found->value);
}

Result<void> checkDestination(const Json& destination)
{
    if (isEnabled(destination, "DataFormatConversionConfiguration", true))
        return invalid("Data format conversion is not emulated here: leave out DataFormatConversionConfiguration.");
    const auto zone = destination.value("CustomTimeZone", "");
    if (!zone.empty() && zone != "UTC")
        return invalid("The time zone of prefixes is always UTC here: leave out CustomTimeZone.");
    if (auto hints = checkHints(destination); !hints) return hints;
    if (destination.value("S3BackupMode", "Disabled") == "Enabled") {
        if (!destination.contains("S3BackupConfiguration"))
            return invalid("S3BackupConfiguration must be specified when S3BackupMode is Enabled.");
        if (auto hints = checkHints(destination["S3BackupConfiguration"]); !hints) return hints;
    }
    return checkProcessors(destination);
}

Json propertiesOf(const Json& destination)
{
    Json properties =
        only(destination, {"BufferingHints", "CompressionFormat", "Prefix", "ErrorOutputPrefix", "FileExtension",
                           "DynamicPartitioningConfiguration", "ProcessingConfiguration", "S3BackupMode"});
    if (destination.value("S3BackupMode", "Disabled") == "Enabled")
        properties["S3BackupConfiguration"] =
            only(destination.at("S3BackupConfiguration"), {"BufferingHints", "CompressionFormat", "Prefix"});
    return properties;
}

} // namespace streamwright::firehose
