// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/control_rates.h"
#include "plugins/firehose/api/actions.h"

namespace streamwright::firehose {

std::string_view shapesText();

namespace {

api::ApiError rateExceeded(const api::Call&) { return {"ThrottlingException", "Rate exceeded"}; }

template <auto kAction, std::uint64_t kPerSecond>
constexpr auto limited = api::limited<kAction, kPerSecond, rateExceeded>;

} // namespace

api::Service service()
{
    using Effect = api::Action::Effect;
    api::Service service;
    service.name = "firehose";
    service.targets = {"Firehose_20150804"};
    service.shapes = std::make_shared<api::ShapeTable>(shapesText());
    service.actions = {
        {"CreateDeliveryStream", Effect::Manages, limited<createDeliveryStream, 5>},
        {"DeleteDeliveryStream", Effect::Manages, limited<deleteDeliveryStream, 5>},
        {"DescribeDeliveryStream", Effect::Reads, limited<describeDeliveryStream, 5>},
        {"ListDeliveryStreams", Effect::Reads, limited<listDeliveryStreams, 5>},
        {"ListTagsForDeliveryStream", Effect::Reads, limited<listTagsForDeliveryStream, 5>},
        {"PutRecord", Effect::Writes, putRecord},
        {"PutRecordBatch", Effect::Writes, putRecordBatch},
        {"StartDeliveryStreamEncryption", Effect::Writes, limited<startDeliveryStreamEncryption, 5>},
        {"StopDeliveryStreamEncryption", Effect::Writes, limited<stopDeliveryStreamEncryption, 5>},
        {"TagDeliveryStream", Effect::Writes, limited<tagDeliveryStream, 5>},
        {"UntagDeliveryStream", Effect::Writes, limited<untagDeliveryStream, 5>},
        {"UpdateDestination", Effect::Manages, limited<updateDestination, 5>},
    };
    return service;
}

} // namespace streamwright::firehose
