// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/settings.h"

namespace streamwright::firehose {

namespace {

const std::string kS3 = "/ExtendedS3DestinationConfiguration";
// The error prefix of a backup is ignored by the service; one without expressions satisfies the rules for prefixes.
constexpr const char* kNoErrorOutput = "-/";

DirectPutQuota quotaOf(const Json& properties)
{
    const auto region = properties.at("Region").get<std::string>();
    const bool large = region == "us-east-1" || region == "us-west-2" || region == "eu-west-1";
    DirectPutQuota quota = large ? kLargeRegionQuota : kOtherRegionQuota;
    if (properties.contains("DirectPutMegabytesPerSecond"))
        quota.bytesPerSecond = ByteCount::mib(properties["DirectPutMegabytesPerSecond"].get<std::uint64_t>());
    quota.requestsPerSecond = properties.value("DirectPutRequestsPerSecond", quota.requestsPerSecond);
    quota.recordsPerSecond = properties.value("DirectPutRecordsPerSecond", quota.recordsPerSecond);
    return quota;
}

BufferingHints hintsOf(const Json& hints, ByteCount defaultSize)
{
    const ByteCount size =
        hints.contains("SizeInMBs") ? ByteCount::mib(hints["SizeInMBs"].get<std::uint64_t>()) : defaultSize;
    return {size, seconds(hints.at("IntervalInSeconds").get<std::int64_t>())};
}

// The console and templates write the newline as the two characters \n.
std::string unescapedDelimiter(std::string text)
{
    for (const auto& [written, meant] : {std::pair{"\\n", "\n"}, {"\\r", "\r"}, {"\\t", "\t"}})
        for (std::size_t at = 0; (at = text.find(written, at)) != std::string::npos; ++at)
            text.replace(at, 2, meant);
    return text;
}

class Reader {
public:
    explicit Reader(const NodeSetup& setup)
        : setup_(setup),
          properties_(setup.properties),
          s3_(properties_.at("ExtendedS3DestinationConfiguration"))
    {
    }

    SettingsReading read()
    {
        readSource();
        readProcessors();
        partitioned_ = s3_.at("DynamicPartitioningConfiguration").at("Enabled").get<bool>();
        checkPartitioning();
        auto primary = readPrimary();
        auto backup = readBackup();
        if (!problems_.empty() || !primary) return {std::nullopt, std::move(problems_)};
        const Json& retry = s3_["DynamicPartitioningConfiguration"]["RetryOptions"];
        return {DeliverySettings{.primary = std::move(*primary),
                                 .backup = std::move(backup),
                                 .fromStream = fromStream_,
                                 .quota = quotaOf(properties_),
                                 .backlog = ByteCount::mib(properties_.at("BacklogMegabytes").get<std::uint64_t>()),
                                 .delimiter = delimiter_,
                                 .partitions = partitioned_ ? std::move(query_) : std::nullopt,
                                 .partitionRetry = seconds(retry.at("DurationInSeconds").get<std::int64_t>())},
                {}};
    }

private:
    void add(std::string place, std::string message)
    {
        problems_.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
    }

    std::string name() const { return properties_.value("DeliveryStreamName", setup_.id); }

    void readSource()
    {
        const auto streams = std::count_if(setup_.inputs.begin(), setup_.inputs.end(),
                                           [](const EdgeInfo& edge) { return edge.protocol == "shards"; });
        fromStream_ = streams > 0;
        if (streams > 1) add("", "a delivery stream reads one Kinesis stream, not " + std::to_string(streams));
        if (fromStream_ && static_cast<std::size_t>(streams) < setup_.inputs.size())
            add("", "a delivery stream that reads a Kinesis stream takes no direct puts; join producers to the stream "
                    "instead");
        const char* type = fromStream_ ? "KinesisStreamAsSource" : "DirectPut";
        if (!setup_.inputs.empty() && properties_.value("DeliveryStreamType", type) != type)
            add("/DeliveryStreamType", std::string("what is joined to the input makes it ") + type +
                                           "; remove the property or change the edge");
        for (const char* quota :
             {"DirectPutMegabytesPerSecond", "DirectPutRequestsPerSecond", "DirectPutRecordsPerSecond"})
            if (fromStream_ && properties_.contains(quota))
                add(std::string("/") + quota,
                    std::string(quota) + " has no meaning with a Kinesis stream as the source");
    }

    void readProcessors()
    {
        const Json& processing = s3_.at("ProcessingConfiguration");
        const Json& processors = processing.at("Processors");
        if (processing.at("Enabled").get<bool>() && processors.empty())
            add(kS3 + "/ProcessingConfiguration/Processors", "enabled processing needs 1 to 5 processors");
        std::vector<std::string> seen;
        for (std::size_t i = 0; i < processors.size(); ++i) {
            const std::string place = kS3 + "/ProcessingConfiguration/Processors/" + std::to_string(i);
            const auto type = processors[i].at("Type").get<std::string>();
            if (std::find(seen.begin(), seen.end(), type) != seen.end()) add(place, type + " stands twice");
            seen.push_back(type);
            if (!processing["Enabled"].get<bool>()) continue;
            if (type == "MetadataExtraction")
                readExtraction(processors[i].at("Parameters"), place);
            else
                readDelimiter(processors[i].at("Parameters"), place);
        }
    }

    // The value of a parameter; parameters that are not allowed become problems.
    std::optional<std::string> parameter(const Json& parameters, const std::string& wanted,
                                         const std::vector<std::string>& allowed, const std::string& place)
    {
        std::optional<std::string> value;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const auto name = parameters[i].at("ParameterName").get<std::string>();
            if (name == wanted) value = parameters[i].at("ParameterValue").get<std::string>();
            if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
                add(place + "/Parameters/" + std::to_string(i), "this processor has no parameter " + name);
        }
        return value;
    }

    void readExtraction(const Json& parameters, const std::string& place)
    {
        const std::vector<std::string> allowed{"MetadataExtractionQuery", "JsonParsingEngine"};
        const auto text = parameter(parameters, "MetadataExtractionQuery", allowed, place);
        if (!text) return add(place, "MetadataExtraction needs the parameter MetadataExtractionQuery");
        for (const Json& given : parameters)
            if (given["ParameterName"] == "JsonParsingEngine" && given["ParameterValue"] != "JQ-1.6")
                add(place, "the JsonParsingEngine is JQ-1.6");
        auto query = PartitionQuery::parse(*text);
        if (!query) return add(place, query.problem().message);
        query_ = std::move(*query);
    }

    void readDelimiter(const Json& parameters, const std::string& place)
    {
        delimiter_ = unescapedDelimiter(parameter(parameters, "Delimiter", {"Delimiter"}, place).value_or("\n"));
    }

    void checkPartitioning()
    {
        if (partitioned_ && !query_ && problems_.empty())
            add(kS3 + "/DynamicPartitioningConfiguration",
                "dynamic partitioning needs ProcessingConfiguration with the processor MetadataExtraction");
        if (!partitioned_ && query_)
            add(kS3 + "/ProcessingConfiguration",
                "MetadataExtraction serves dynamic partitioning; enable DynamicPartitioningConfiguration");
    }

    std::optional<Destination> readPrimary()
    {
        const BufferingHints hints =
            hintsOf(s3_.at("BufferingHints"), partitioned_ ? kDefaultPartitionedBufferSize : kDefaultBufferSize);
        if (partitioned_ && hints.size < kMinPartitionedBufferSize)
            add(kS3 + "/BufferingHints/SizeInMBs",
                "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        const CompressionFormat compression = compressionFormat(s3_.at("CompressionFormat").get<std::string>());
        auto extension = s3_.at("FileExtension").get<std::string>();
        if (extension.empty()) extension = fileExtension(compression);
        auto naming =
            ObjectNaming::make({name(), s3_.at("Prefix").get<std::string>(),
                                s3_.at("ErrorOutputPrefix").get<std::string>(), std::move(extension), partitioned_});
        if (!naming) {
            add(kS3 + naming.problem().place, naming.problem().message);
            return std::nullopt;
        }
        for (const std::string& key : naming->partitionKeys())
            if (query_ && !query_->find(key)) add(kS3 + "/Prefix", "the MetadataExtraction query has no key " + key);
        return Destination{hints, compression, std::move(*naming)};
    }

    std::optional<Destination> readBackup()
    {
        const bool enabled = s3_.at("S3BackupMode") == "Enabled";
        const bool joined = std::any_of(setup_.outputs.begin(), setup_.outputs.end(),
                                        [](const EdgeInfo& edge) { return edge.fromPort == "backup"; });
        if (enabled && !joined) add(kS3 + "/S3BackupMode", "backup needs an edge from the port backup to a bucket");
        if (!enabled && joined) add(kS3 + "/S3BackupMode", "the edge at the port backup needs S3BackupMode Enabled");
        if (!enabled) return std::nullopt;
        const Json& backup = s3_.at("S3BackupConfiguration");
        const CompressionFormat compression = compressionFormat(backup.at("CompressionFormat").get<std::string>());
        auto naming = ObjectNaming::make({name(), backup.at("Prefix").get<std::string>(), kNoErrorOutput,
                                          std::string(fileExtension(compression)), false});
        if (!naming) {
            add(kS3 + "/S3BackupConfiguration" + naming.problem().place, naming.problem().message);
            return std::nullopt;
        }
        return Destination{hintsOf(backup.at("BufferingHints"), kDefaultBufferSize), compression, std::move(*naming)};
    }

    const NodeSetup& setup_;
    const Json& properties_;
    const Json& s3_;
    bool fromStream_ = false;
    bool partitioned_ = false;
    std::string delimiter_;
    std::optional<PartitionQuery> query_;
    std::vector<Problem> problems_;
};

} // namespace

SettingsReading readSettings(const NodeSetup& setup) { return Reader(setup).read(); }

} // namespace streamwright::firehose
