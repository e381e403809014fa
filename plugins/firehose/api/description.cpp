// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/description.h"

#include "plugins/firehose/api/destination.h"
#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

namespace {

const Json kNoEncryption{{"NoEncryptionConfig", "NoEncryption"}};
const Json kNoLogging{{"Enabled", false}};

std::string roleOf(const api::Call& call) { return "arn:aws:iam::" + call.caller().account + ":role/streamwright"; }

std::string bucketArn(const api::Call& call, const std::string& node)
{
    const std::string name = nameOfNode(call.host(), kBucketKind, node);
    return "arn:aws:s3:::" + (name.empty() ? node : name);
}

void takeTexts(Json& into, const Json& properties)
{
    for (const char* name : {"Prefix", "ErrorOutputPrefix", "FileExtension"})
        if (properties.contains(name) && !properties[name].get_ref<const std::string&>().empty())
            into[name] = properties[name];
        else
            into.erase(name);
}

// What every bucket of a delivery stream is told with. properties: of the destination or of the backup, complete.
void takeCommon(Json& into, const Json& properties, ByteCount usualSize)
{
    takeTexts(into, properties);
    into["BufferingHints"] = properties.at("BufferingHints");
    if (!into["BufferingHints"].contains("SizeInMBs"))
        into["BufferingHints"]["SizeInMBs"] = usualSize.value() / ByteCount::mib(1).value();
    into["CompressionFormat"] = properties.at("CompressionFormat");
    for (const auto& [name, usual] :
         {std::pair{"EncryptionConfiguration", &kNoEncryption}, {"CloudWatchLoggingOptions", &kNoLogging}})
        if (!into.contains(name)) into[name] = *usual;
}

// The members that the answer names differently, and those of the deprecated description.
Json describedOf(Json destination)
{
    if (destination.contains("S3BackupConfiguration"))
        destination["S3BackupDescription"] = destination["S3BackupConfiguration"];
    destination.erase("S3BackupConfiguration");
    if (!destination.contains("DataFormatConversionConfiguration"))
        destination["DataFormatConversionConfiguration"] = {{"Enabled", false}};
    return destination;
}

Json plainOf(const Json& destination)
{
    Json plain = Json::object();
    for (const char* name : {"RoleARN", "BucketARN", "Prefix", "ErrorOutputPrefix", "BufferingHints",
                             "CompressionFormat", "EncryptionConfiguration", "CloudWatchLoggingOptions"})
        if (destination.contains(name)) plain[name] = destination[name];
    return plain;
}

void writeSource(const api::Call& call, const std::string& node, const DeliveryFacts& facts, api::Writer& answer)
{
    const std::string stream = nameOfNode(call.host(), kStreamKind, node);
    answer.key("Source");
    answer.beginMap();
    answer.key("KinesisStreamSourceDescription");
    answer.beginMap();
    answer.member("KinesisStreamARN", "arn:aws:kinesis:" + call.caller().region + ":" + call.caller().account +
                                          ":stream/" + (stream.empty() ? node : stream));
    answer.member("RoleARN", facts.source.value("RoleARN", roleOf(call)));
    answer.member("DeliveryStartTimestamp", facts.created);
    answer.endMap();
    answer.endMap();
}

void writeEncryption(const Encryption& encryption, api::Writer& answer)
{
    answer.key("DeliveryStreamEncryptionConfiguration");
    answer.beginMap();
    if (!encryption.keyArn.empty()) answer.member("KeyARN", encryption.keyArn);
    if (!encryption.keyType.empty()) answer.member("KeyType", encryption.keyType);
    answer.member("Status", encryption.enabled ? "ENABLED" : "DISABLED");
    answer.endMap();
}

} // namespace

std::string_view typeOf(const DeliveryStreamResource& stream)
{
    return stream.direct() ? "DirectPut" : "KinesisStreamAsSource";
}

Json destinationOf(const api::Call& call, const DeliveryStreamResource& stream)
{
    const DeliveryStreamResource::Drawing drawing = stream.drawing();
    const Json& properties = drawing.properties.at("ExtendedS3DestinationConfiguration");
    const bool partitioned = properties.at("DynamicPartitioningConfiguration").at("Enabled").get<bool>();
    Json destination = stream.facts().destination;
    if (!destination.contains("RoleARN")) destination["RoleARN"] = roleOf(call);
    destination["BucketARN"] = bucketArn(call, drawing.bucket);
    takeCommon(destination, properties, partitioned ? kDefaultPartitionedBufferSize : kDefaultBufferSize);
    destination["ProcessingConfiguration"] = properties.at("ProcessingConfiguration");
    destination.erase("DynamicPartitioningConfiguration");
    if (partitioned) destination["DynamicPartitioningConfiguration"] = properties["DynamicPartitioningConfiguration"];
    destination["S3BackupMode"] = properties.at("S3BackupMode");
    if (properties["S3BackupMode"] == "Enabled") {
        Json& backup = destination["S3BackupConfiguration"];
        if (!backup.contains("RoleARN")) backup["RoleARN"] = destination["RoleARN"];
        backup["BucketARN"] = bucketArn(call, drawing.backup);
        takeCommon(backup, properties.at("S3BackupConfiguration"), kDefaultBufferSize);
    } else {
        destination.erase("S3BackupConfiguration");
    }
    return destination;
}

void writeDescription(const api::Call& call, const DeliveryStreamResource& stream, api::Writer& answer)
{
    const DeliveryFacts facts = stream.facts();
    answer.beginMap();
    answer.member("DeliveryStreamName", stream.name());
    answer.member("DeliveryStreamARN", arnOf(call, stream.name()));
    answer.member("DeliveryStreamStatus", "ACTIVE");
    writeEncryption(facts.encryption, answer);
    answer.member("DeliveryStreamType", std::string(typeOf(stream)));
    answer.member("VersionId", std::to_string(facts.version));
    answer.member("CreateTimestamp", facts.created);
    if (facts.updated != kNever) answer.member("LastUpdateTimestamp", facts.updated);
    if (!stream.direct()) writeSource(call, stream.drawing().source, facts, answer);
    const Json destination = destinationOf(call, stream);
    answer.key("Destinations");
    answer.beginList();
    answer.beginMap();
    answer.member("DestinationId", kDestinationId);
    answer.key("S3DestinationDescription");
    write(answer, plainOf(destination));
    answer.key("ExtendedS3DestinationDescription");
    write(answer, describedOf(destination));
    answer.endMap();
    answer.endList();
    answer.member("HasMoreDestinations", false);
    answer.endMap();
}

} // namespace streamwright::firehose
