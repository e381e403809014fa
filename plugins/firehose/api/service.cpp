// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"

namespace streamwright::firehose {

std::string_view shapesText();

api::Service service()
{
    using Effect = api::Action::Effect;
    api::Service service;
    service.name = "firehose";
    service.targets = {"Firehose_20150804"};
    service.shapes = std::make_shared<api::ShapeTable>(shapesText());
    service.actions = {
        {"CreateDeliveryStream", Effect::Manages, createDeliveryStream},
        {"DeleteDeliveryStream", Effect::Manages, deleteDeliveryStream},
        {"DescribeDeliveryStream", Effect::Reads, describeDeliveryStream},
        {"ListDeliveryStreams", Effect::Reads, listDeliveryStreams},
        {"ListTagsForDeliveryStream", Effect::Reads, listTagsForDeliveryStream},
        {"PutRecord", Effect::Writes, putRecord},
        {"PutRecordBatch", Effect::Writes, putRecordBatch},
        {"StartDeliveryStreamEncryption", Effect::Writes, startDeliveryStreamEncryption},
        {"StopDeliveryStreamEncryption", Effect::Writes, stopDeliveryStreamEncryption},
        {"TagDeliveryStream", Effect::Writes, tagDeliveryStream},
        {"UntagDeliveryStream", Effect::Writes, untagDeliveryStream},
        {"UpdateDestination", Effect::Manages, updateDestination},
    };
    return service;
}

} // namespace streamwright::firehose
