// SPDX-License-Identifier: GPL-3.0-or-later
// Record: a view of one record. RecordBatch: an immutable, shared run of them together with whatever owns their bytes
// (an arena of its own, or segments of a log): passing a batch on never copies a payload.
// A batch is safe to read from any thread; a builder belongs to one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/units.h"

namespace streamwright {

struct Record {
    std::string_view key; // partition key, message group, object key ...
    std::string_view data;
    std::string_view extra; // encoded Attributes, often empty
    Time time{}; // creation at a producer, arrival once a resource has stored it
    std::uint64_t sequence = 0; // number given by the resource that stored it
};

class RecordBatch {
public:
    std::span<const Record> records() const { return records_; }
    std::size_t size() const { return records_.size(); }
    const Record& operator[](std::size_t index) const { return records_[index]; }
    ByteCount payload() const { return payload_; } // keys and data

private:
    friend class BatchBuilder;
    std::vector<Record> records_;
    std::vector<std::shared_ptr<const void>> owners_;
    ByteCount payload_;
};

using RecordBatchPtr = std::shared_ptr<const RecordBatch>;

class BatchBuilder {
public:
    explicit BatchBuilder(std::size_t expectedRecords = 0);

    // Copies the bytes into the batch's own arena.
    void copy(const Record& record);
    // Room for so many bytes in the arena, to be filled before build(): for writers that generate in place.
    char* allocate(std::size_t size);
    // Takes the view as it is; its bytes must belong to the arena or to something kept.
    void view(const Record& record);
    // Keeps alive what owns viewed bytes.
    void keep(std::shared_ptr<const void> owner);

    std::size_t size() const { return batch_->records_.size(); }
    ByteCount payload() const { return batch_->payload_; }
    RecordBatchPtr build();

private:
    std::shared_ptr<RecordBatch> batch_;
    char* free_ = nullptr;
    std::size_t room_ = 0;
    std::size_t nextBlock_ = 4096;
};

} // namespace streamwright
