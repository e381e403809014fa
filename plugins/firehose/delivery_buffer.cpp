// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_buffer.h"

#include <cstring>
#include <memory>

namespace streamwright::firehose {

namespace {

// One text for a list of values: no two lists give the same.
std::string nameOf(const std::vector<std::string>& partitionKeys)
{
    std::string name;
    for (const std::string& key : partitionKeys)
        name.append(std::to_string(key.size())).append(":").append(key);
    return name;
}

bool continues(const Slice& last, const Slice& next)
{
    return last.batch == next.batch && last.end == next.begin && last.intake == next.intake;
}

} // namespace

std::string Bundle::joined(std::string_view delimiter) const
{
    std::string out;
    out.reserve(bytes.value());
    for (const Slice& slice : slices)
        for (std::uint32_t i = slice.begin; i < slice.end; ++i)
            out.append((*slice.batch)[i].data).append(delimiter);
    return out;
}

bool DeliveryBuffer::isActive(const std::vector<std::string>& partitionKeys) const
{
    return byPartition_.contains(nameOf(partitionKeys));
}

void DeliveryBuffer::add(const std::vector<std::string>& partitionKeys, const Slice& slice, Time now)
{
    const std::string name = nameOf(partitionKeys);
    std::uint32_t at = slice.begin;
    while (at < slice.end) {
        const auto [place, isNew] = byPartition_.try_emplace(name);
        if (isNew) {
            open_.push_back({.partitionKeys = partitionKeys, .opened = now});
            place->second = std::prev(open_.end());
        }
        Bundle& buffer = *place->second;
        Slice part = slice;
        part.begin = at;
        for (bool full = false; at < slice.end && !full; ++at) {
            const ByteCount size((*slice.batch)[at].data.size() + delimiterBytes_);
            buffer.bytes += size;
            bytes_ += size;
            buffer.oldest = std::min(buffer.oldest, slice.arrival(at));
            full = buffer.bytes >= hints_.size;
        }
        part.end = at;
        buffer.records += part.size();
        if (!buffer.slices.empty() && continues(buffer.slices.back(), part))
            buffer.slices.back().end = part.end;
        else
            buffer.slices.push_back(std::move(part));
        if (buffer.bytes >= hints_.size) seal(place->second);
    }
}

void DeliveryBuffer::seal(Open::iterator buffer)
{
    byPartition_.erase(nameOf(buffer->partitionKeys));
    sealed_.push_back(std::move(*buffer));
    open_.erase(buffer);
}

std::vector<Bundle> DeliveryBuffer::takeSealed(Time now)
{
    while (!open_.empty() && open_.front().opened + hints_.interval <= now)
        seal(open_.begin());
    for (const Bundle& bundle : sealed_)
        bytes_ -= bundle.bytes;
    return std::exchange(sealed_, {});
}

Time DeliveryBuffer::due() const
{
    if (!sealed_.empty()) return Time::min();
    return open_.empty() ? kNever : open_.front().opened + hints_.interval;
}

std::vector<Slice> DeliveryBuffer::contents() const
{
    std::vector<Slice> slices;
    for (const Bundle& bundle : open_)
        slices.insert(slices.end(), bundle.slices.begin(), bundle.slices.end());
    return slices;
}

} // namespace streamwright::firehose
