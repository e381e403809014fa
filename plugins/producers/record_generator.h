// SPDX-License-Identifier: GPL-3.0-or-later
// RecordGenerator: makes the records of a Local::Producer: partition key, and a body of RecordSizeBytes pseudo-random
// bytes or from a Template. Writes straight into the batch. One owner, one thread.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/record/record_batch.h"
#include "plugins/producers/partition_keys.h"
#include "plugins/producers/record_template.h"

namespace streamwright::producers {

class RecordGenerator {
public:
    // properties: PartitionKeys, Template, RecordSizeBytes, complete. Places of problems are JSON pointers below them.
    static Result<RecordGenerator> make(const Json& properties);
    // Whether make would do, without the tables and buffers of a generator.
    static Result<void> check(const Json& properties);

    // Bytes of the largest record, key included.
    std::size_t maximumSize() const { return key_.size() + (body_ ? text_.size() : size_); }
    // Record number n (from 1), which comes into being at t.
    void add(BatchBuilder& batch, std::uint64_t number, Time t, Random& random);

private:
    RecordGenerator(PartitionKeys keys, std::size_t size, std::optional<RecordTemplate> body);

    PartitionKeys keys_;
    std::size_t size_;
    std::optional<RecordTemplate> body_;
    std::vector<char> key_; // the record's key, before its place in the batch is known
    std::vector<char> text_; // and its body, if from a template
};

} // namespace streamwright::producers
