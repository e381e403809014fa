// SPDX-License-Identifier: GPL-3.0-or-later
// FactMap: the small facts of a store in memory, and which of them have changed since they were last taken for the
// disk. Owned by a store; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/mutex.h"

namespace streamwright {

class FactMap {
public:
    // Keys and their new values; nothing for a key that was erased.
    using Changes = std::map<std::string, std::optional<std::string>>;
    enum class Track : bool { Nothing, Changes };

    explicit FactMap(Track track = Track::Nothing) : track_(track) { }

    void put(const std::string& key, std::string value) EXCLUDES(mutex_);
    void erase(const std::string& key) EXCLUDES(mutex_);
    std::optional<std::string> get(const std::string& key) const EXCLUDES(mutex_);
    std::map<std::string, std::string> withPrefix(const std::string& prefix) const EXCLUDES(mutex_);

    // Puts a fact that is on disk already.
    void restore(const std::string& key, std::string value) EXCLUDES(mutex_);
    Changes takeChanges() EXCLUDES(mutex_);

private:
    const Track track_;
    mutable Mutex mutex_;
    std::map<std::string, std::string> facts_ GUARDED_BY(mutex_);
    Changes changes_ GUARDED_BY(mutex_);
};

} // namespace streamwright
