// SPDX-License-Identifier: GPL-3.0-or-later
// From a sealed buffer to the object that is put: its key, its bytes joined and compressed. Keys are drawn in order,
// bytes are made in parallel. Pure but for the Random and the Context's parallelFor; called in an operator's step.
#pragma once

#include <vector>

#include "core/runtime/operator.h"
#include "plugins/firehose/s3_delivery.h"
#include "plugins/firehose/settings.h"

namespace streamwright::firehose {

struct ObjectOrder {
    PendingObject::Kind kind = PendingObject::Kind::Data;
    Bundle bundle;
    const Destination* destination = nullptr;
    std::string_view delimiter;
    bool keepRecords = false; // they may be needed again, for the error output
};

std::vector<PendingObject> makeObjects(std::vector<ObjectOrder> orders, Context& context);

} // namespace streamwright::firehose
