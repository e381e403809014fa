// SPDX-License-Identifier: GPL-3.0-or-later
// DirectoryStore: a bucket as a folder of ordinary files, one an object, its time of change the time of the put. A put
// is atomic and durable: written below "%incoming", synced, renamed, and the folder synced. One thread at a time; the
// folder is locked, so that no second bucket or process writes to it. Where an object "a" meets a folder "a" (because
// of "a/b"), the object's file is named "a%" (object_key.h).
#pragma once

#include "plugins/stores/object_store.h"

namespace streamwright::stores {

class DirectoryStore : public ObjectStore {
public:
    // Makes the folder if need be, removes what an interrupted put left, and counts the objects.
    static Result<std::unique_ptr<DirectoryStore>> open(const std::string& folder);
    ~DirectoryStore() override;
    DirectoryStore(const DirectoryStore&) = delete;
    DirectoryStore& operator=(const DirectoryStore&) = delete;

    Result<void> put(std::string_view key, const ObjectBytes& object, Time now) override;
    Result<ObjectInfo> find(std::string_view key) const override;
    Result<std::string> read(std::string_view key) const override;
    Result<std::vector<ObjectInfo>> list(std::string_view prefix, std::string_view after,
                                         std::size_t maximum) const override;
    Totals totals() const override { return totals_; }

private:
    DirectoryStore(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) { }

    Result<void> makeFolderOf(const std::string& path);
    std::string fileOf(std::string_view key) const;

    const std::string folder_; // ends with a slash
    const int lock_; // the folder's descriptor
    Totals totals_;
    std::uint64_t lastIncoming_ = 0;
};

} // namespace streamwright::stores
