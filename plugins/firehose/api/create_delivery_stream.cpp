// SPDX-License-Identifier: GPL-3.0-or-later
// The buckets that BucketARN names are nodes: of the drawing, or made here when there is none of that name (there is no S3
// whose CreateBucket a client could call before).
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/destination.h"
#include "plugins/firehose/api/encryption.h"

namespace streamwright::firehose {

namespace {

constexpr std::size_t kMostDeliveryStreams = 5'000;

struct Wanted {
    Json properties = Json::object();
    std::vector<NewEdge> edges;
    std::vector<std::string> newBuckets; // made for it
    DeliveryFacts facts;
};

std::optional<api::ApiError> quotaError(const api::Host& host)
{
    const auto all = host.all(kDeliveryStreamKind);
    if (all.size() < kMostDeliveryStreams) return std::nullopt;
    std::string names;
    for (const auto& stream : all)
        names += (names.empty() ? "" : ", ") + stream->name();
    return api::ApiError{"LimitExceededException", "You have already consumed your firehose quota of " +
                                                       std::to_string(kMostDeliveryStreams) +
                                                       " hoses. Firehose names: [" + names + "]"};
}

Result<void> readSource(const api::Call& call, Wanted& wanted)
{
    const auto problem = [](std::string message) { return Problem{ProblemCode::InvalidInput, std::move(message), ""}; };
    const std::string_view type = call.input().string("DeliveryStreamType", "DirectPut");
    const api::Value* source = call.input().find("KinesisStreamSourceConfiguration");
    if (type == "DirectPut") {
        if (source) return problem("KinesisStreamSourceConfiguration is for DeliveryStreamType KinesisStreamAsSource.");
        return {};
    }
    if (type != "KinesisStreamAsSource")
        return problem("DeliveryStreamType " + std::string(type) +
                       " is not emulated here: DirectPut and KinesisStreamAsSource are.");
    if (!source) return problem("KinesisStreamAsSource needs KinesisStreamSourceConfiguration.");
    if (call.input().has("DeliveryStreamEncryptionConfigurationInput"))
        return problem("Server-side encryption can be switched on for DeliveryStreamType DirectPut only.");
    const std::string stream = nameInArn(source->string("KinesisStreamARN"));
    const std::string node = call.host().nodeOf(kStreamKind, stream);
    if (node.empty()) return problem("Stream " + stream + " under account " + call.caller().account + " not found.");
    wanted.properties["DeliveryStreamType"] = type;
    wanted.edges.push_back({"in", node, "out"});
    wanted.facts.source = jsonOf(*source);
    return {};
}

// The edge to the bucket, which is made when there is none.
Result<void> joinBucket(api::Host& host, const std::string& port, const Json& configuration, Wanted& wanted)
{
    const std::string bucket = nameInArn(configuration.at("BucketARN").get<std::string>());
    if (host.nodeOf(kBucketKind, bucket).empty()) {
        const auto made = host.create(kBucketKind, bucket, Json::object());
        if (!made && made.problem().code != ProblemCode::Conflict)
            return Problem{ProblemCode::InvalidInput,
                           "The bucket " + bucket + " does not exist and cannot be made: " + made.problem().message +
                               ". Name a bucket of the pipeline, or choose another name.",
                           ""};
        if (made) wanted.newBuckets.push_back(bucket);
    }
    wanted.edges.push_back({port, host.nodeOf(kBucketKind, bucket), "in"});
    return {};
}

Result<void> readDestination(api::Call& call, Wanted& wanted)
{
    auto destination = destinationIn(call.input(), "Configuration");
    if (!destination) return destination.problem();
    if (auto checked = checkDestination(*destination); !checked) return checked;
    wanted.properties["ExtendedS3DestinationConfiguration"] = propertiesOf(*destination);
    if (auto joined = joinBucket(call.host(), "out", *destination, wanted); !joined) return joined;
    if (destination->value("S3BackupMode", "Disabled") == "Enabled")
        if (auto joined = joinBucket(call.host(), "backup", destination->at("S3BackupConfiguration"), wanted); !joined)
            return joined;
    wanted.facts.destination = std::move(*destination);
    return {};
}

Result<Wanted> read(api::Call& call)
{
    Wanted wanted;
    if (auto source = readSource(call, wanted); !source) return source.problem();
    if (const api::Value* given = call.input().find("DeliveryStreamEncryptionConfigurationInput")) {
        auto encryption = encryptionOf(given);
        if (!encryption) return encryption.problem();
        wanted.facts.encryption = std::move(*encryption);
    }
    for (const api::Value& tag : call.input().items("Tags"))
        wanted.facts.tags[std::string(tag.string("Key"))] = tag.string("Value");
    // Last, for it may make buckets.
    if (auto destination = readDestination(call, wanted); !destination) {
        for (const std::string& bucket : wanted.newBuckets)
            (void)call.host().remove(kBucketKind, bucket);
        return destination.problem();
    }
    return wanted;
}

} // namespace

api::Outcome createDeliveryStream(api::Call& call, api::Writer& answer)
{
    const std::string name(call.input().string("DeliveryStreamName"));
    const api::ApiError exists{"ResourceInUseException",
                               "Firehose " + name + " under accountId " + call.caller().account + " already exists"};
    if (streamOf(call)) return exists;
    if (auto quota = quotaError(call.host())) return *quota;
    auto wanted = read(call);
    if (!wanted) return invalidArgument(wanted.problem().message);

    auto made = call.host().createJoined(kDeliveryStreamKind, name, wanted->properties, wanted->edges);
    if (!made) {
        for (const std::string& bucket : wanted->newBuckets)
            (void)call.host().remove(kBucketKind, bucket);
        if (made.problem().code == ProblemCode::Conflict && streamOf(call)) return exists;
        if (made.problem().code == ProblemCode::InvalidInput) return invalidArgument(made.problem().text());
        return api::internalFailure(made.problem().text());
    }
    if (const StreamPtr stream = std::dynamic_pointer_cast<DeliveryStreamResource>(*made))
        stream->change([&](DeliveryFacts& facts) {
            wanted->facts.created = facts.created;
            facts = std::move(wanted->facts);
            return true;
        });
    answer.beginMap();
    answer.member("DeliveryStreamARN", arnOf(call, name));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
