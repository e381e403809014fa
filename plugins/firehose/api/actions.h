// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of Amazon Data Firehose, one a file; service.cpp is the table of them. Any thread.
#pragma once

#include "core/api/service.h"

namespace streamwright::firehose {

api::Outcome createDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome deleteDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome describeDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome listDeliveryStreams(api::Call& call, api::Writer& answer);
api::Outcome listTagsForDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome putRecord(api::Call& call, api::Writer& answer);
api::Outcome putRecordBatch(api::Call& call, api::Writer& answer);
api::Outcome startDeliveryStreamEncryption(api::Call& call, api::Writer& answer);
api::Outcome stopDeliveryStreamEncryption(api::Call& call, api::Writer& answer);
api::Outcome tagDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome untagDeliveryStream(api::Call& call, api::Writer& answer);
api::Outcome updateDestination(api::Call& call, api::Writer& answer);

api::Service service();

} // namespace streamwright::firehose
