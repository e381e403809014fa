// SPDX-License-Identifier: GPL-3.0-or-later
// What PutRecord and PutRecordBatch share: refusals in the service's words, and the ids of records. Any thread.
#pragma once

#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

inline constexpr char kSlowDown[] = "Slow down.";

api::ApiError slowDown();

// An error when nothing of the request was taken, else fills put.
std::optional<api::ApiError> putInto(api::Call& call, DeliveryStreamResource& stream, PutKind kind,
                                     const RecordBatchPtr& batch, PutAnswer& put);

// The ids of the records of one request.
class RecordIds {
public:
    RecordIds(const api::Call& call, const DeliveryStreamResource& stream);
    std::string id(std::uint32_t index) const;

private:
    std::string request_;
};

} // namespace streamwright::firehose
