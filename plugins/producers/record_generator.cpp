// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/record_generator.h"

#include "plugins/producers/ascii_writer.h"
#include "plugins/producers/random_text.h"

namespace streamwright::producers {

namespace {

constexpr std::size_t kDefaultSize = 100;

Result<RecordTemplate> bodyOf(const Json& properties)
{
    return RecordTemplate::compile(properties["Template"], "/Template",
                                   PartitionKeys::maximumSizeOf(properties.at("PartitionKeys")));
}

} // namespace

Result<RecordGenerator> RecordGenerator::make(const Json& properties)
{
    PartitionKeys keys(properties.at("PartitionKeys"));
    const auto size = properties.value("RecordSizeBytes", kDefaultSize);
    if (!properties.contains("Template")) return RecordGenerator(std::move(keys), size, {});
    auto body = bodyOf(properties);
    if (!body) return body.problem();
    return RecordGenerator(std::move(keys), size, std::move(*body));
}

Result<void> RecordGenerator::check(const Json& properties)
{
    if (!properties.contains("Template")) return {};
    const auto body = bodyOf(properties);
    return body ? Result<void>() : body.problem();
}

RecordGenerator::RecordGenerator(PartitionKeys keys, std::size_t size, std::optional<RecordTemplate> body)
    : keys_(std::move(keys)),
      size_(size),
      body_(std::move(body)),
      key_(keys_.maximumSize()),
      text_(body_ ? body_->maximumSize() : 0)
{
}

void RecordGenerator::add(BatchBuilder& batch, std::uint64_t number, Time t, Random& random)
{
    const std::uint64_t keyNumber = keys_.draw(random);
    const std::string_view key(key_.data(),
                               static_cast<std::size_t>(keys_.write(key_.data(), keyNumber) - key_.data()));
    std::size_t size = size_;
    if (body_) {
        const char* end = body_->write(text_.data(), {number, t, key, keyNumber}, random);
        size = static_cast<std::size_t>(end - text_.data());
    }
    char* const at = batch.allocate(key.size() + size);
    char* const data = writeText(at, key);
    if (body_)
        std::memcpy(data, text_.data(), size);
    else
        fillRandomText(data, size, random);
    batch.view({{at, key.size()}, {data, size}, {}, t, 0});
}

} // namespace streamwright::producers
