// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/record_batch.h"

#include <algorithm>
#include <cstring>

namespace streamwright {

namespace {
constexpr std::size_t kLargestBlock = 256 * 1024;
}

BatchBuilder::BatchBuilder(std::size_t expectedRecords) : batch_(std::make_shared<RecordBatch>())
{
    batch_->records_.reserve(expectedRecords);
}

char* BatchBuilder::allocate(std::size_t size)
{
    if (size > room_) {
        const std::size_t block = std::max(size, nextBlock_);
        nextBlock_ = std::min(nextBlock_ * 4, kLargestBlock);
        std::shared_ptr<char[]> memory(new char[block]);
        free_ = memory.get();
        room_ = block;
        batch_->owners_.push_back(std::move(memory));
    }
    char* start = free_;
    free_ += size;
    room_ -= size;
    return start;
}

void BatchBuilder::copy(const Record& record)
{
    char* at = allocate(record.key.size() + record.data.size() + record.extra.size());
    const auto place = [&at](std::string_view bytes) {
        if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
        const std::string_view placed(at, bytes.size());
        at += bytes.size();
        return placed;
    };
    Record copied = record;
    copied.key = place(record.key);
    copied.data = place(record.data);
    copied.extra = place(record.extra);
    view(copied);
}

void BatchBuilder::view(const Record& record)
{
    batch_->records_.push_back(record);
    batch_->payload_ += ByteCount(record.key.size() + record.data.size());
}

void BatchBuilder::keep(std::shared_ptr<const void> owner) { batch_->owners_.push_back(std::move(owner)); }

RecordBatchPtr BatchBuilder::build()
{
    RecordBatchPtr built = std::move(batch_);
    *this = BatchBuilder();
    return built;
}

} // namespace streamwright
