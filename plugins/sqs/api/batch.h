// SPDX-License-Identifier: GPL-3.0-or-later
// What the batch actions have in common: the rules for their entries, and an answer that tells of each entry whether it
// succeeded. One thread at a time.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "core/api/service.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

// Why the whole request is refused. entryName: of the entries in the request's model.
std::optional<api::ApiError> checkEntries(std::span<const api::Value> entries, std::string_view entryName);

// What became of the entries, in their order.
class BatchAnswer {
public:
    explicit BatchAnswer(std::span<const api::Value> entries) : entries_(entries) { }

    void fail(std::size_t entry, api::ApiError error) { errors_[entry] = std::move(error); }
    bool failed(std::size_t entry) const { return errors_[entry].has_value(); }
    // Successful and Failed; details writes the members of a successful entry beside its Id. Notes the failures.
    void write(api::Call& call, api::Writer& out, const std::function<void(std::size_t entry)>& details) const;

private:
    std::span<const api::Value> entries_;
    std::array<std::optional<api::ApiError>, kBatchEntries> errors_;
};

} // namespace streamwright::sqs
