// SPDX-License-Identifier: GPL-3.0-or-later
// What the producers plugin brings.
#include "core/plugin/registry.h"
#include "plugins/producers/consumer_operator.h"
#include "plugins/producers/file_source_operator.h"
#include "plugins/producers/producer_operator.h"

namespace streamwright::producers {

std::span<const std::string_view> kindDescriptions();

void registerPlugin(Registry& registry)
{
    registry.addKind(
        kindDescriptions(), "Local::Producer",
        [](const NodeSetup& setup) { return std::make_unique<ProducerOperator>(setup); }, checkProducer);
    registry.addKind(
        kindDescriptions(), "Local::FileSource",
        [](const NodeSetup& setup) { return std::make_unique<FileSourceOperator>(setup); }, checkFileSource);
    registry.addKind(
        kindDescriptions(), "Local::Consumer",
        [](const NodeSetup& setup) { return std::make_unique<ConsumerOperator>(setup); }, checkConsumer);
}

} // namespace streamwright::producers
