// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/memory_store.h"

#include "core/base/digest.h"

namespace streamwright::stores {

Problem noSuchKey(std::string_view key)
{
    return {ProblemCode::NotFound, "there is no object of this key", std::string(key)};
}

Result<void> MemoryStore::put(std::string_view key, const ObjectBytes& object, Time now)
{
    const auto [place, isNew] = objects_.try_emplace(std::string(key));
    Stored& stored = place->second;
    if (!isNew) {
        size_ -= stored.size;
        if (stored.forgotten)
            --forgotten_;
        else
            kept_ -= stored.size;
    }
    stored = {ByteCount(object.bytes.size()), now, md5Hex(object.bytes), object, ++lastNumber_, false};
    size_ += stored.size;
    kept_ += stored.size;
    ages_.push_back({lastNumber_, place});
    forgetBeyond();
    return {};
}

void MemoryStore::forgetBeyond()
{
    while (kept_ > keep_ && !ages_.empty()) {
        const Age oldest = ages_.front();
        ages_.pop_front();
        Stored& stored = oldest.object->second;
        if (stored.number != oldest.number) continue;
        kept_ -= stored.size;
        stored.content = {};
        stored.forgotten = true;
        ++forgotten_;
    }
}

Result<ObjectInfo> MemoryStore::find(std::string_view key) const
{
    const auto found = objects_.find(key);
    if (found == objects_.end()) return noSuchKey(key);
    return ObjectInfo{found->first, found->second.size, found->second.stored, found->second.md5};
}

Result<std::string> MemoryStore::read(std::string_view key) const
{
    const auto found = objects_.find(key);
    if (found == objects_.end()) return noSuchKey(key);
    if (!found->second.forgotten) return std::string(found->second.content.bytes);
    return Problem{
        ProblemCode::NotFound,
        "the bytes of this object are not kept any more; give the bucket a larger KeepMegabytes, or the run a "
        "data directory",
        found->first};
}

Result<std::vector<ObjectInfo>> MemoryStore::list(std::string_view prefix, std::string_view after,
                                                  std::size_t maximum) const
{
    std::vector<ObjectInfo> found;
    auto at = after >= prefix && !after.empty() ? objects_.upper_bound(after) : objects_.lower_bound(prefix);
    for (; at != objects_.end() && found.size() < maximum && at->first.starts_with(prefix); ++at)
        found.push_back({at->first, at->second.size, at->second.stored, {}});
    return found;
}

ObjectStore::Totals MemoryStore::totals() const { return {objects_.size(), size_, forgotten_}; }

} // namespace streamwright::stores
