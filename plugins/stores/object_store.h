// SPDX-License-Identifier: GPL-3.0-or-later
// ObjectStore: where a bucket keeps its objects: in memory (memory_store.h) or in a folder (directory_store.h).
// Owned by a Bucket, which also guards it: one thread at a time. Keys have passed checkKey.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright::stores {

struct ObjectInfo {
    std::string key;
    ByteCount size;
    Time stored{};
    std::string md5; // hexadecimal, S3's ETag; only find() fills it in
};

// Bytes to store, and what keeps them alive: a store in memory holds on to it instead of copying.
struct ObjectBytes {
    std::string_view bytes;
    std::shared_ptr<const void> owner;
};

class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    // All or nothing: an object of that key is replaced once the new one is complete.
    virtual Result<void> put(std::string_view key, const ObjectBytes& object, Time now) = 0;
    virtual Result<ObjectInfo> find(std::string_view key) const = 0;
    virtual Result<std::string> read(std::string_view key) const = 0;
    // Up to maximum objects whose key begins with prefix and comes after the key after, in the order of the keys'
    // bytes.
    virtual Result<std::vector<ObjectInfo>> list(std::string_view prefix, std::string_view after,
                                                 std::size_t maximum) const = 0;

    struct Totals {
        std::uint64_t objects = 0;
        ByteCount size;
        std::uint64_t forgotten = 0; // objects whose bytes are not kept any more
    };
    virtual Totals totals() const = 0;
};

Problem noSuchKey(std::string_view key);

} // namespace streamwright::stores
