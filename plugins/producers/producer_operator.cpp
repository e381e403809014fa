// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/producer_operator.h"

#include <algorithm>

namespace streamwright::producers {

namespace {

// A step makes no more than this at once; the rest of what is due follows in the next tick.
constexpr int kMostBatches = 64;

// Records so large that a full batch could exceed MaxBatchBytes make smaller batches.
BatchLimits limitsOf(const Json& properties, const RecordGenerator& generator)
{
    const auto bytes = properties.at("MaxBatchBytes").get<std::size_t>();
    const auto fitting = std::max<std::size_t>(bytes / generator.maximumSize(), 1);
    return {std::min(properties.at("BatchSize").get<std::size_t>(), fitting),
            milliseconds(properties.at("LingerMilliseconds").get<std::int64_t>()),
            properties.at("TotalRecords").get<std::uint64_t>()};
}

bool sameRecords(const Json& a, const Json& b)
{
    for (const char* name : {"PartitionKeys", "Template", "RecordSizeBytes"})
        if (a.value(name, Json()) != b.value(name, Json())) return false;
    return true;
}

} // namespace

Result<void> ProducerOperator::open(Context& context)
{
    auto generator = RecordGenerator::make(properties_);
    if (!generator) return generator.problem();
    generator_ = std::move(*generator);
    schedule_.emplace(RateShape::read(properties_), limitsOf(properties_, *generator_), context.now());
    clients_.open(context, properties_);
    context.wakeAt(schedule_->due());
    return {};
}

void ProducerOperator::step(Context& context)
{
    Time next = clients_.step(context);
    for (int batches = 0; schedule_->due() <= context.now() && batches < kMostBatches; ++batches) {
        clients_.send(context, makeBatch(context.random()));
        schedule_->next();
    }
    next = std::min(next, schedule_->due());
    if (next != kNever) context.wakeAt(next);
}

RecordBatchPtr ProducerOperator::makeBatch(Random& random)
{
    const std::span<const Time> times = schedule_->times();
    BatchBuilder batch(times.size());
    for (std::size_t i = 0; i < times.size(); ++i)
        generator_->add(batch, schedule_->firstNumber() + i, times[i], random);
    return batch.build();
}

Result<void> ProducerOperator::apply(Context& context, const Json& properties)
{
    if (!sameRecords(properties, properties_)) {
        auto generator = RecordGenerator::make(properties);
        if (!generator) return generator.problem();
        generator_ = std::move(*generator);
    }
    properties_ = properties;
    schedule_->change(RateShape::read(properties), limitsOf(properties, *generator_), context.now());
    clients_.apply(properties);
    return {};
}

bool ProducerOperator::rewired(Context& context, const NodeSetup& setup)
{
    clients_.rewire(context);
    return setup.properties == properties_ || apply(context, setup.properties);
}

std::vector<Problem> checkProducer(const NodeSetup& setup)
{
    const Json& properties = setup.properties;
    std::vector<Problem> problems;
    if (properties.contains("Template") && properties.contains("RecordSizeBytes"))
        problems.push_back(
            {ProblemCode::InvalidInput, "give RecordSizeBytes or Template, not both", "/RecordSizeBytes"});
    const RateShape shape = RateShape::read(properties);
    if (shape.burst > shape.period)
        problems.push_back({ProblemCode::InvalidInput,
                            "must not be longer than EverySeconds: a burst ends before the next begins",
                            "/Pattern/BurstSeconds"});
    if (const auto made = RecordGenerator::check(properties); !made) problems.push_back(made.problem());
    return problems;
}

} // namespace streamwright::producers
