// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/description.h"
#include "plugins/firehose/api/destination.h"

namespace streamwright::firehose {

namespace {

// Laid over what there is: a member that is given replaces the old one, the others stay.
Json merged(Json destination, const Json& update)
{
    for (const auto& [name, value] : update.items()) {
        if (name == "S3BackupUpdate")
            destination["S3BackupConfiguration"].update(value);
        else
            destination[name] = value;
    }
    return destination;
}

std::optional<api::ApiError> bucketChanges(const Json& before, const Json& after)
{
    const auto arn = [](const Json& destination) { return destination.value("BucketARN", Json()); };
    const auto backup = [](const Json& destination) {
        return destination.value("S3BackupConfiguration", Json::object());
    };
    if (arn(before) == arn(after) && arn(backup(before)) == arn(backup(after))) return std::nullopt;
    return invalidArgument(
        "The bucket of a delivery stream cannot be changed here: create another delivery stream for that bucket.");
}

} // namespace

api::Outcome updateDestination(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    if (call.input().string("DestinationId") != kDestinationId)
        return invalidArgument("Destination Id " + std::string(call.input().string("DestinationId")) + " not found");
    const auto update = destinationIn(call.input(), "Update");
    if (!update) return invalidArgument(update.problem().message);
    const Json before = destinationOf(call, *stream);
    Json after = merged(before, *update);
    if (auto checked = checkDestination(after); !checked) return invalidArgument(checked.problem().message);
    if (auto refused = bucketChanges(before, after)) return *refused;

    // Of two updates from one version the later one finds another version.
    const std::string expected(call.input().string("CurrentDeliveryStreamVersionId"));
    std::string actual;
    const bool first = stream->change([&](DeliveryFacts& facts) {
        actual = std::to_string(facts.version);
        if (actual != expected) return false;
        ++facts.version;
        return true;
    });
    if (!first)
        return api::ApiError{"ConcurrentModificationException",
                             "Cannot update firehose: " + stream->name() + " since the current version id: " + actual +
                                 " and specified version id: " + expected + " do not match"};
    const auto edited = call.host().edit(kDeliveryStreamKind, stream->name(),
                                         {{"ExtendedS3DestinationConfiguration", propertiesOf(after)}});
    stream->change([&](DeliveryFacts& facts) {
        if (!edited) --facts.version;
        if (edited) facts.updated = call.now();
        if (edited) facts.destination = std::move(after);
        return true;
    });
    if (!edited) return invalidArgument(edited.problem().text());
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
