// SPDX-License-Identifier: GPL-3.0-or-later
// MemoryStore: the objects of a run without a data directory. Keeps the bytes of the newest objects, up to a bound;
// of older ones the name, the size and the digest stay. One thread at a time.
#pragma once

#include <deque>
#include <map>

#include "plugins/stores/object_store.h"

namespace streamwright::stores {

class MemoryStore : public ObjectStore {
public:
    explicit MemoryStore(ByteCount keep) : keep_(keep) { }

    Result<void> put(std::string_view key, const ObjectBytes& object, Time now) override;
    Result<ObjectInfo> find(std::string_view key) const override;
    Result<std::string> read(std::string_view key) const override;
    Result<std::vector<ObjectInfo>> list(std::string_view prefix, std::string_view after,
                                         std::size_t maximum) const override;
    Totals totals() const override;

private:
    struct Stored {
        ByteCount size;
        Time stored{};
        std::string md5;
        ObjectBytes content; // without owner once forgotten
        std::uint64_t number = 0;
        bool forgotten = false;
    };
    struct Age {
        std::uint64_t number;
        std::map<std::string, Stored, std::less<>>::iterator object; // stays valid: objects are replaced, never removed
    };

    void forgetBeyond();

    const ByteCount keep_;
    ByteCount kept_;
    ByteCount size_;
    std::uint64_t forgotten_ = 0;
    std::uint64_t lastNumber_ = 0;
    std::map<std::string, Stored, std::less<>> objects_;
    std::deque<Age> ages_; // of the bytes kept, oldest first; an entry of a replaced object has another number
};

} // namespace streamwright::stores
