// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream_operator.h"

#include <algorithm>

#include "plugins/kinesis/stream_browser.h"

namespace streamwright::kinesis {

namespace {

constexpr Duration kMaintenanceAtLeastEvery = std::chrono::minutes(1);
constexpr Duration kNewEpisodeAfter = std::chrono::minutes(1);
constexpr const char* kThrottledReason = "ProvisionedThroughputExceededException";

StreamMode modeOf(const Json& properties)
{
    return properties.at("StreamModeDetails").at("StreamMode") == "ON_DEMAND" ? StreamMode::OnDemand
                                                                              : StreamMode::Provisioned;
}

StreamSettings settingsOf(const Json& properties)
{
    StreamSettings settings;
    settings.mode = modeOf(properties);
    settings.shardCount = properties.at("ShardCount").get<std::size_t>();
    settings.retention = std::chrono::hours(properties.at("RetentionPeriodHours").get<std::int64_t>());
    settings.maxRecordSize = ByteCount::kib(properties.at("MaxRecordSizeInKiB").get<std::uint64_t>());
    settings.maxRequestSize = ByteCount::mib(properties.at("MaxRequestSizeInMiB").get<std::uint64_t>());
    return settings;
}

std::string nameOf(const Json& properties, const Context& context)
{
    return properties.contains("Name") ? properties["Name"].get<std::string>() : context.nodeId();
}

std::optional<ShardIndex> shardOf(const Json& action, const char* member)
{
    return action.contains(member) ? parseShardId(action[member].get<std::string>()) : std::nullopt;
}

} // namespace

StreamOperator::StreamOperator(const NodeSetup& setup) : properties_(setup.properties) { }

StreamOperator::~StreamOperator()
{
    if (gate_) gate_->close();
    if (resource_) resource_->close();
}

Result<void> StreamOperator::open(Context& context)
{
    auto stream = Stream::open(context.nodeId(), settingsOf(properties_), context.store(), context.now());
    if (!stream) return stream.problem();
    stream_ = std::move(*stream);
    opened_ = context.now();
    for (Outlet* outlet : context.outlets("out"))
        readers_.emplace_back(context, *stream_, *outlet);
    putMetrics_ = std::make_shared<PutMetrics>(context);
    gate_ = std::make_shared<BrowseGate>(context.waker());
    auto resource = StreamResource::open(nameOf(properties_, context), stream_, putMetrics_, context);
    if (!resource) return resource.problem();
    resource_ = std::move(*resource);
    planResharding(context);
    context.wakeAt(context.now());
    return {};
}

// The actions not done yet, in this run or in an earlier one on the same data.
void StreamOperator::planResharding(Context& context)
{
    planned_.clear();
    for (const Json& action : properties_.at("Resharding"))
        planned_.push_back(
            {opened_ + Duration(static_cast<std::int64_t>(action.at("AtSeconds").get<double>() * 1e6)), action});
    std::stable_sort(planned_.begin(), planned_.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    const auto done = context.store().get(reshardingKey(context));
    for (std::size_t i = done ? std::stoul(*done) : 0; i > 0 && !planned_.empty(); --i)
        planned_.pop_back();
}

std::string StreamOperator::reshardingKey(Context& context) const
{
    return "kinesis/" + context.nodeId() + "/resharding/" +
           std::to_string(stableHash(properties_.at("Resharding").dump()));
}

void StreamOperator::step(Context& context)
{
    resource_->wakeAtPut(true); // what clients put from here on this step may miss
    reshardWhatIsDue(context);
    for (Inlet* inlet : context.inlets("in"))
        for (const Delivery& delivery : inlet->takeDeliveries())
            put(context, *inlet, delivery);
    if (context.now() >= nextMaintenance_) {
        const Stream::Maintenance done = stream_->maintain(context.now());
        for (const std::string& change : done.changes)
            context.report(Severity::Information, change);
        nextMaintenance_ = done.next == kNever ? kNever : std::max(done.next, context.now() + kMaintenanceAtLeastEvery);
    } else if (nextMaintenance_ == kNever) {
        nextMaintenance_ = context.now() + kMaintenanceAtLeastEvery; // there may be records again
    }
    Time next = nextMaintenance_;
    for (StreamReader& reader : readers_)
        next = std::min(next, reader.step(context));
    if (!planned_.empty()) next = std::min(next, planned_.back().at);
    if (next != kNever) context.wakeAt(next);
    const bool waiting =
        std::any_of(readers_.begin(), readers_.end(), [](const auto& reader) { return reader.isPushed(); });
    if (!waiting && nextMaintenance_ != kNever) resource_->wakeAtPut(false);
}

void StreamOperator::put(Context& context, Inlet& inlet, const Delivery& delivery)
{
    const auto result = stream_->put(context.now(), delivery.batch->records(),
                                     [&](std::size_t count, const auto& body) { context.parallelFor(count, body); });
    Receipt receipt;
    receipt.delivery = delivery.id;
    if (!result) {
        putMetrics_->recordRefusal(delivery.batch->size());
        context.report(Severity::Error, "a PutRecords request was refused: " + result.problem().text());
        receipt.outcome = Outcome::Failed;
        receipt.reason = "InvalidArgumentException";
        inlet.answer(std::move(receipt));
        return;
    }
    for (std::uint32_t i = 0; i < result->entries.size(); ++i) {
        const PutStatus status = result->entries[i].status;
        if (status == PutStatus::Accepted) continue;
        receipt.exceptions.push_back({i, status == PutStatus::Throttled ? Outcome::Throttled : Outcome::Failed});
        receipt.reason = status == PutStatus::Throttled ? kThrottledReason : "InternalFailure";
    }
    putMetrics_->record(delivery.batch->size(), *result);
    noteThrottles(context, *result);
    inlet.answer(std::move(receipt));
}

void StreamOperator::noteThrottles(Context& context, const PutResult& result)
{
    for (const ShardTally& tally : result.tallies) {
        if (tally.throttled == 0) continue;
        Time& last = lastThrottle_[tally.shard];
        if (last == Time{} || context.now() - last >= kNewEpisodeAfter)
            context.report(Severity::Warning, shardIdOf(tally.shard) +
                                                  " began to throttle: a shard takes 1,000 records and 1 MiB a second; "
                                                  "spread the keys or add shards");
        last = context.now();
    }
}

void StreamOperator::reshardWhatIsDue(Context& context)
{
    while (!planned_.empty() && planned_.back().at <= context.now()) {
        const Json action = std::move(planned_.back().action);
        planned_.pop_back();
        context.store().put(reshardingKey(context),
                            std::to_string(properties_.at("Resharding").size() - planned_.size()));
        const std::string name = action.at("Action").get<std::string>();
        if (auto done = reshard(context, action); !done)
            context.report(Severity::Error, name + " was refused: " + done.problem().text());
        else
            reportShards(context, name);
    }
}

void StreamOperator::reportShards(Context& context, const std::string& action)
{
    context.report(Severity::Information,
                   action + ": " + std::to_string(stream_->shardMap().openCount()) + " open shards");
}

Result<void> StreamOperator::reshard(Context& context, const Json& action)
{
    const std::string name = action.at("Action").get<std::string>();
    if (name == "UpdateShardCount")
        return stream_->updateShardCount(context.now(), action.at("TargetShardCount").get<std::size_t>());
    const ShardIndex shard = *shardOf(action, "ShardId");
    if (name == "MergeShards") return stream_->mergeShards(context.now(), shard, *shardOf(action, "AdjacentShardId"));
    std::optional<Uint128> key;
    if (action.contains("NewStartingHashKey")) key = parseUint128(action["NewStartingHashKey"].get<std::string>());
    return stream_->splitShard(context.now(), shard, key);
}

Result<void> StreamOperator::apply(Context& context, const Json& properties)
{
    const StreamSettings wanted = settingsOf(properties);
    const bool resize = wanted.mode == StreamMode::Provisioned && properties["ShardCount"] != properties_["ShardCount"];
    if (resize)
        if (auto may = stream_->mayUpdateShardCount(context.now(), wanted.shardCount); !may) return may;
    if (auto done = stream_->updateMode(context.now(), wanted.mode); !done) return done;
    if (resize) {
        const std::size_t before = stream_->shardMap().openCount();
        if (auto done = stream_->updateShardCount(context.now(), wanted.shardCount); !done) return done;
        if (stream_->shardMap().openCount() != before) reportShards(context, "UpdateShardCount");
    }
    if (properties["ShardCount"] != properties_["ShardCount"]) stream_->setDrawnShardCount(wanted.shardCount);
    if (wanted.retention != stream_->settings().retention) stream_->setRetention(wanted.retention);
    if (wanted.maxRecordSize != stream_->settings().maxRecordSize ||
        wanted.maxRequestSize != stream_->settings().maxRequestSize)
        stream_->setSizes(wanted.maxRecordSize, wanted.maxRequestSize);
    const bool newPlan = properties["Resharding"] != properties_["Resharding"];
    properties_ = properties;
    if (newPlan) {
        planResharding(context);
        std::erase_if(planned_, [&](const PlannedReshard& planned) { return planned.at < context.now(); });
    }
    nextMaintenance_ = context.now();
    return {};
}

bool StreamOperator::rewired(Context& context, const NodeSetup& setup)
{
    const auto outlets = context.outlets("out");
    const auto readerOf = [&](const Outlet* outlet) {
        return std::find_if(readers_.begin(), readers_.end(),
                            [&](const StreamReader& reader) { return reader.serves(*outlet); });
    };
    for (StreamReader& reader : readers_)
        if (std::none_of(outlets.begin(), outlets.end(), [&](const Outlet* outlet) { return reader.serves(*outlet); }))
            reader.leave(context);
    std::vector<StreamReader> readers;
    for (Outlet* outlet : outlets) {
        if (const auto found = readerOf(outlet); found != readers_.end())
            readers.push_back(std::move(*found));
        else
            readers.emplace_back(context, *stream_, *outlet);
    }
    readers_ = std::move(readers);
    if (setup.properties == properties_) return true;
    if (auto applied = apply(context, setup.properties); !applied)
        context.report(Severity::Error, "the edit was not taken: " + applied.problem().text());
    return true;
}

void StreamOperator::close(Context& context)
{
    for (StreamReader& reader : readers_)
        reader.saveCheckpoints(context);
    gate_->close();
    resource_->close();
}

std::shared_ptr<Browsable> StreamOperator::browsable()
{
    return std::make_shared<StreamBrowser>(stream_, putMetrics_, gate_);
}

std::vector<Problem> checkStream(const NodeSetup& setup)
{
    std::vector<Problem> problems;
    const auto add = [&](std::string place, std::string message) {
        problems.push_back({ProblemCode::InvalidInput, std::move(message), std::move(place)});
    };
    const auto fanOut = std::count_if(setup.outputs.begin(), setup.outputs.end(), [](const EdgeInfo& edge) {
        return edge.properties.value("EnhancedFanOut", false);
    });
    if (fanOut > static_cast<std::ptrdiff_t>(kMostFanOutConsumers))
        add("", "a stream has at most 20 consumers with enhanced fan-out, not " + std::to_string(fanOut));
    const Json& plan = setup.properties.at("Resharding");
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const std::string place = "/Resharding/" + std::to_string(i);
        if (modeOf(setup.properties) == StreamMode::OnDemand)
            add(place, "an on-demand stream reshards by itself; remove the action");
        const std::string action = plan[i].at("Action").get<std::string>();
        const char* needed = action == "UpdateShardCount" ? "TargetShardCount" : "ShardId";
        if (!plan[i].contains(needed)) add(place, action + " needs " + needed);
        if (action == "MergeShards" && !plan[i].contains("AdjacentShardId"))
            add(place, "MergeShards needs AdjacentShardId");
        for (const char* member : {"ShardId", "AdjacentShardId"})
            if (plan[i].contains(member) && !shardOf(plan[i], member))
                add(place + "/" + member, "a shard id is written shardId-000000000000");
        if (plan[i].contains("NewStartingHashKey") && !parseUint128(plan[i]["NewStartingHashKey"].get<std::string>()))
            add(place + "/NewStartingHashKey", "must be a decimal number from 0 to 2^128-1");
    }
    return problems;
}

} // namespace streamwright::kinesis
