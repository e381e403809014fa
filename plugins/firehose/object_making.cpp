// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/object_making.h"

namespace streamwright::firehose {

namespace {

// A ZIP's entry is named like the object, without what stands before the last slash and without the extension.
std::string_view entryOf(std::string_view key)
{
    key.remove_prefix(key.rfind('/') + 1);
    return key.ends_with(".zip") ? key.substr(0, key.size() - 4) : key;
}

std::string bytesOf(const ObjectOrder& order, std::string_view key)
{
    std::string joined = order.bundle.joined(order.delimiter);
    const CompressionFormat format = order.destination->compression;
    if (format == CompressionFormat::Uncompressed) return joined;
    return compress(format, joined, entryOf(key));
}

PendingObject pendingOf(ObjectOrder order, std::string_view key, std::string bytes, Time now)
{
    const auto owner = std::make_shared<std::string>(std::move(bytes));
    BatchBuilder builder(1);
    char* keyAt = builder.allocate(key.size());
    std::copy(key.begin(), key.end(), keyAt);
    builder.view({.key = {keyAt, key.size()}, .data = *owner, .time = now});
    builder.keep(owner);
    if (!order.keepRecords)
        for (Slice& slice : order.bundle.slices)
            slice.batch.reset();
    return {.kind = order.kind, .object = builder.build(), .bundle = std::move(order.bundle)};
}

} // namespace

std::vector<PendingObject> makeObjects(std::vector<ObjectOrder> orders, Context& context)
{
    std::vector<std::string> keys, bytes(orders.size());
    for (const ObjectOrder& order : orders) {
        const ObjectNaming& naming = order.destination->naming;
        const bool failed = order.kind == PendingObject::Kind::ErrorOutput;
        auto key = failed ? naming.errorKey(order.bundle.oldest, kProcessingFailed, context.random())
                          : naming.key(order.bundle.oldest, order.bundle.partitionKeys, context.random());
        keys.push_back(std::move(key).value()); // its length was checked when the partition was opened
    }
    context.parallelFor(orders.size(), [&](std::size_t i) { bytes[i] = bytesOf(orders[i], keys[i]); });
    std::vector<PendingObject> objects;
    for (std::size_t i = 0; i < orders.size(); ++i)
        objects.push_back(pendingOf(std::move(orders[i]), keys[i], std::move(bytes[i]), context.now()));
    return objects;
}

} // namespace streamwright::firehose
